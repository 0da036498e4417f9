import MQTT
import MQTTClient
import NIOCore

extension Message {
  /// A message of text.
  init(
    _ topic: String, _ text: String, qos: QoS = .atMostOnce, isRetained: Bool = false, properties: Properties = []
  ) {
    self.init(
      topic: topic, payload: ByteBuffer(string: text), qos: qos, isRetained: isRetained, properties: properties)
  }

  /// A message of bytes.
  init(
    _ topic: String, bytes: [UInt8], qos: QoS = .atMostOnce, isRetained: Bool = false, properties: Properties = []
  ) {
    self.init(
      topic: topic, payload: ByteBuffer(bytes: bytes), qos: qos, isRetained: isRetained, properties: properties)
  }

  /// The payload as text.
  var text: String { String(buffer: payload) }
}

extension Will {
  /// A retained will of text.
  init(_ topic: String, _ text: String) {
    self.init(topic: topic, payload: ByteBuffer(string: text), qos: .atLeastOnce, isRetained: true)
  }
}
