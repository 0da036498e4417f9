/// A validated PUBLISH as places in the bytes it was read from: nothing is copied.
///
/// Places count from the first byte of the span given to `PacketDecoder.decode`.
public struct PublishView: BitwiseCopyable, Sendable {
  /// Where the topic starts.
  public var topicStart: UInt32
  /// Where the properties start, after their length; where the payload starts if there are none.
  public var propertiesStart: UInt32
  /// Where the payload starts, and the properties end.
  public var payloadStart: UInt32
  /// Where the packet ends.
  public var end: UInt32
  /// The size of the topic in bytes; 0 if a topic alias stands for it.
  public var topicSize: UInt16
  /// The number of the delivery; 0 at QoS 0.
  public var packetID: UInt16
  /// The topic alias; 0 if none was given.
  public var topicAlias: UInt16
  /// The low half of the first byte: DUP, QoS, RETAIN.
  public var flags: UInt8
}

extension PublishView {
  /// The places of the topic's bytes.
  public var topic: Range<Int> { Int(topicStart)..<Int(topicStart) + Int(topicSize) }

  /// The places of the properties' bytes, without their length.
  public var properties: Range<Int> { Int(propertiesStart)..<Int(payloadStart) }

  /// The places of the payload's bytes.
  public var payload: Range<Int> { Int(payloadStart)..<Int(end) }

  /// Whether the server had kept the message.
  public var isRetained: Bool { flags & 0b0001 != 0 }

  /// Whether the delivery was tried before.
  public var isDuplicate: Bool { flags & 0b1000 != 0 }

  /// The QoS of the delivery.
  public var qos: QoS { QoS(rawValue: flags >> 1 & 0b11) ?? .atMostOnce }
}
