import MQTT
import NIOCore

/// A message to publish.
public struct Message: Equatable, Sendable {
  /// The topic; may be empty if `properties` has a topic alias.
  public var topic: String
  /// The payload, any bytes.
  public var payload: ByteBuffer
  /// The QoS to publish at.
  public var qos: QoS
  /// Whether the broker is to keep the message; with an empty payload it deletes the one it kept.
  public var isRetained: Bool
  /// Properties of PUBLISH, in this order, 5.0 only.
  public var properties: Properties

  /// A message.
  public init(
    topic: String, payload: ByteBuffer = ByteBuffer(), qos: QoS = .atMostOnce, isRetained: Bool = false,
    properties: Properties = []
  ) {
    self.topic = topic
    self.payload = payload
    self.qos = qos
    self.isRetained = isRetained
    self.properties = properties
  }
}
