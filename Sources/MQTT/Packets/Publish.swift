import NIOCore

/// PUBLISH: a message, whole.
public struct Publish: Equatable, Sendable {
  /// The topic; empty if a topic alias stands for it.
  public var topic: String
  /// The payload, any bytes.
  public var payload: ByteBuffer
  /// The QoS of this delivery.
  public var qos: QoS
  /// In a message from a client: keep it. In one from the server: it was kept.
  public var isRetained: Bool
  /// Whether this delivery was tried before.
  public var isDuplicate: Bool
  /// The number of the delivery, 1 to 65,535; 0 at QoS 0, which has none.
  public var packetID: UInt16
  /// Properties, 5.0 only.
  public var properties: Properties

  /// A message.
  public init(
    topic: String, payload: ByteBuffer = ByteBuffer(), qos: QoS = .atMostOnce, isRetained: Bool = false,
    isDuplicate: Bool = false, packetID: UInt16 = 0, properties: Properties = []
  ) {
    self.topic = topic
    self.payload = payload
    self.qos = qos
    self.isRetained = isRetained
    self.isDuplicate = isDuplicate
    self.packetID = packetID
    self.properties = properties
  }
}
