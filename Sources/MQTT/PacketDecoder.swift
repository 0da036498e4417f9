/// Turns received bytes into packets, and refuses every packet that the standard forbids.
public struct PacketDecoder: Sendable {
  /// What `decode` stopped at.
  public enum Step: Equatable, Sendable {
    /// The bytes end inside a packet, or at the end of one; at least this many bytes from `offset` on are needed.
    case needMore(atLeast: Int)
    /// A control packet other than PUBLISH, now behind `offset`.
    case packet(Packet)
  }

  /// The version that packets are read by; a CONNECT that is read sets it.
  public var version: ProtocolVersion
  /// The side that sends what is read here.
  public let sender: Side
  /// The largest packet that is accepted, fixed header included.
  public var maximumPacketSize: Int
  /// The highest topic alias that is accepted: what we said in CONNECT or CONNACK, 0 if nothing.
  public var topicAliasMaximum: UInt16
  /// What is done with doubtful text.
  public let text: TextPolicy

  /// A decoder for what `sender` sends.
  public init(
    version: ProtocolVersion, from sender: Side, maximumPacketSize: Int = 268_435_460, topicAliasMaximum: UInt16 = 0,
    text: TextPolicy = .accepting
  ) {
    self.version = version
    self.sender = sender
    self.maximumPacketSize = maximumPacketSize
    self.topicAliasMaximum = topicAliasMaximum
    self.text = text
  }

  /// Walks the whole packets from `offset` on.
  ///
  /// A PUBLISH is validated and appended to `publishes`; the walk stops behind any other packet and at an incomplete
  /// one. After an error `offset` is at the first byte of the bad packet, and the messages before it are in `publishes`.
  public mutating func decode(
    _ bytes: RawSpan, at offset: inout Int, publishes: inout [PublishView]
  ) throws(MalformedPacket) -> Step {
    .needMore(atLeast: 2)
  }
}
