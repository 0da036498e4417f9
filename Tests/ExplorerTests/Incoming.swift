import MQTT
import MQTTClient
import NIOCore

/// Messages on their way to a model, made as a broker makes them: encoded, and read by the decoder of the client.
struct Incoming {
  private var buffer = ByteBuffer()
  private let version: ProtocolVersion

  init(version: ProtocolVersion = .v5) {
    self.version = version
  }

  mutating func add(
    _ topic: String, _ payload: [UInt8], qos: QoS = .atMostOnce, isRetained: Bool = false, isDuplicate: Bool = false,
    properties: Properties = []
  ) throws {
    let publish = Publish(
      topic: topic, payload: ByteBuffer(bytes: payload), qos: qos, isRetained: isRetained, isDuplicate: isDuplicate,
      packetID: qos == .atMostOnce ? 0 : 1, properties: properties)
    try Packet.publish(publish).encode(into: &buffer, version: version, from: .server)
  }

  /// The messages as one event of the client; none is nil.
  func event(at time: Int64) throws -> Event? {
    guard buffer.readableBytes > 0 else { return nil }
    var decoder = PacketDecoder(version: version, from: .server)
    var views: [PublishView] = []
    var offset = 0
    _ = try decoder.decode(buffer.readableBytesSpan, at: &offset, publishes: &views)
    return .messages(MessageBatch(buffer: buffer, views: views, receivedAt: time, version: version))
  }
}
