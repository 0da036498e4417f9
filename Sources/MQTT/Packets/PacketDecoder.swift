/// Turns received bytes into packets, and refuses every packet that the standard forbids.
///
/// A PUBLISH becomes a view, by a fast path that knows the plain ones and a slow path that knows all and gives reasons;
/// what the fast path takes, the slow path would take as well. Every other packet becomes a value.
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
    while true {
      if let view = plainPublish(in: bytes, at: offset) {
        publishes.append(view)
        offset = Int(view.end)
        continue
      }
      guard let header = try fixedHeader(in: bytes, at: offset) else {
        return .needMore(atLeast: max(2, bytes.byteCount - offset + 1))
      }
      let end = header.bodyStart + header.remainingLength
      guard end <= bytes.byteCount else { return .needMore(atLeast: end - offset) }
      var reader = PacketReader(
        packet: header.type, start: offset, end: end, position: header.bodyStart, version: version, sender: sender,
        policy: text)
      guard header.type == .publish else {
        let packet = try controlPacket(from: &reader, in: bytes)
        offset = end
        return .packet(packet)
      }
      publishes.append(try publish(flags: header.flags, from: &reader, in: bytes))
      offset = end
    }
  }
}

/// The start of every packet. Source: MQTT 5.0, 2.1.1.
struct FixedHeader {
  let type: PacketType
  let flags: UInt8
  let bodyStart: Int
  let remainingLength: Int
}

extension PacketDecoder {
  /// Reads and checks a fixed header, or returns nil if it is incomplete; nothing of the rest needs to be there.
  func fixedHeader(in bytes: RawSpan, at offset: Int) throws(MalformedPacket) -> FixedHeader? {
    guard offset < bytes.byteCount else { return nil }
    let first = bytes.byte(at: offset)
    guard let type = PacketType(rawValue: first >> 4) else {
      throw malformed(nil, "packet type", at: 0, "is 0, which is reserved", .protocolError)
    }
    let flags = first & 0x0F
    guard type == .publish || flags == type.requiredFlags else {  // [MQTT-2.1.3-1]
      throw malformed(type, "flags", at: 0, "are \(flags), not \(type.requiredFlags)")
    }
    guard sender.sends(type, in: version) else {
      throw malformed(type, "packet type", at: 0, "is not for the \(sender) to send", .protocolError)
    }
    switch VariableByteInteger.read(bytes, at: offset + 1) {
    case .incomplete: return nil
    case .tooLong: throw malformed(type, "remaining length", at: 1, "has more than four bytes")
    case .notMinimal where version == .v5:
      throw malformed(type, "remaining length", at: 1, "takes more bytes than it needs")
    case .value(let length, let size), .notMinimal(let length, let size):
      guard 1 + size + length <= maximumPacketSize else {  // [MQTT-3.1.2-24] [MQTT-3.2.2-15]
        let explanation = "makes a packet of \(1 + size + length) bytes, above our maximum of \(maximumPacketSize)"
        throw malformed(type, "remaining length", at: 1, explanation, .packetTooLarge)
      }
      return FixedHeader(type: type, flags: flags, bodyStart: offset + 1 + size, remainingLength: length)
    }
  }

  private func malformed(
    _ type: PacketType?, _ field: String, at place: Int, _ explanation: String,
    _ reason: ReasonCode = .malformedPacket
  ) -> MalformedPacket {
    MalformedPacket(packet: type, field: field, offset: place, reason: reason, explanation: explanation)
  }
}

extension Side {
  /// Whether packets of a type come from this side.
  fileprivate func sends(_ type: PacketType, in version: ProtocolVersion) -> Bool {
    switch type {
    case .connect, .subscribe, .unsubscribe, .pingreq: self == .client
    case .connack, .suback, .unsuback, .pingresp: self == .server
    case .publish, .puback, .pubrec, .pubrel, .pubcomp: true
    case .disconnect: self == .client || version == .v5
    case .auth: version == .v5
    }
  }
}
