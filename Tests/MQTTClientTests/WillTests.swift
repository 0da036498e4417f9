import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// The last will, whole, at a real broker: when it is published, and when it is not.
struct WillTests {
  private let broker: Mosquitto
  private let watcher: Recorder

  init() throws {
    broker = try Mosquitto()
    watcher = Recorder(
      .loopback(broker.port) {
        $0.clientID = "watcher"
        $0.subscriptions = [Subscription(filter: "gone/#", qos: .exactlyOnce, retainAsPublished: true)]
      })
    _ = try watcher.grants()
  }

  private func will(_ version: ProtocolVersion) -> Will {
    let properties: Properties = [
      .willDelayInterval(0), .payloadFormatIndicator(.utf8), .contentType("text"), .responseTopic("answer"),
      .correlationData([1, 0, 255]), .userProperty(UserProperty("a", "b")), .userProperty(UserProperty("a", "c")),
    ]
    return Will(
      topic: "gone/c", payload: ByteBuffer(string: "bye"), qos: .exactlyOnce, isRetained: true,
      properties: version == .v5 ? properties : [])
  }

  private func connect(through port: UInt16, _ version: ProtocolVersion) throws -> Recorder {
    let recorder = Recorder(.loopback(port, version) { $0.will = will(version) })
    _ = try recorder.connection()
    return recorder
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a client that vanishes leaves its will, with all that it says`(version: ProtocolVersion) throws {
    let proxy = try CuttingProxy(to: broker.port, cuts: 0, every: 1...1, seed: 1)
    let client = try connect(through: proxy.port, version)
    proxy.stop()
    let message = try #require(try watcher.messages(1).first)
    #expect(message.topic == "gone/c" && message.payload == ByteBuffer(string: "bye"))
    #expect(message.qos == .exactlyOnce && message.isRetained)
    // The delay is for the broker, the rest goes on in its order or the broker's
    let sent = will(version).properties.list.filter { $0 != .willDelayInterval(0) }
    #expect(Set(message.properties.list) == Set(sent))
    #expect(try client.disconnection().reason == .closed(wasAccepted: true))
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a goodbye takes the will back, unless it asks for it`(version: ProtocolVersion) throws {
    for code in [ReasonCode.success, .disconnectWithWillMessage] {
      let client = try connect(through: broker.port, version)
      client.client.perform(.disconnect(code, []))
      _ = try client.disconnection()
    }
    let last = Recorder(.loopback(broker.port) { $0.clientID = "last" })
    _ = try last.connection()
    _ = try last.publish(Message(topic: "gone/end", qos: .exactlyOnce))
    // 3.1.1 has no such code: its goodbye is a goodbye
    let topics = try watcher.messages(version == .v5 ? 2 : 1).map(\.topic)
    #expect(topics == (version == .v5 ? ["gone/c", "gone/end"] : ["gone/end"]))
  }
}
