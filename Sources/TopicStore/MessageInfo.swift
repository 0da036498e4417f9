/// What is known of one kept message without copying it.
public struct MessageInfo: Equatable, Sendable {
  /// The message.
  public let id: MessageID
  /// Its topic.
  public let topic: TopicID
  /// When it was received (ns since 1970).
  public let time: Int64
  /// DUP, QoS, RETAIN.
  public let flags: MessageFlags
  /// Bytes of the payload as it was received.
  public let payloadSize: Int
  /// Bytes of the payload that are kept: fewer than `payloadSize` if the message had to be cut.
  public let keptPayloadSize: Int
  /// Bytes of the properties that are kept: none if the message had to be cut.
  public let propertiesSize: Int
  /// The message had to be cut: the first bytes of its payload are kept, and no properties.
  public let isTruncated: Bool
}
