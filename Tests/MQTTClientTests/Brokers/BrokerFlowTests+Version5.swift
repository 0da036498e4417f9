import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// What only MQTT 5.0 has, who is not let in, and a broker that does not speak it.
extension BrokerFlowTests {
  @Test(arguments: BrokerSetting.all.filter { $0.version == .v5 })
  func `the properties of a message come with it`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("properties")
    let listener = try flow.client("properties-in") { $0.subscriptions = [Subscription(filter: topic)] }
    _ = try listener.grants()
    let client = try flow.client("properties-out")
    _ = try client.connection()
    let properties: Properties = [
      .payloadFormatIndicator(.utf8), .contentType("text/plain"), .responseTopic("answer/here"),
      .correlationData([0, 1, 0xFF]), .userProperty(UserProperty("unit", "°C")),
      .userProperty(UserProperty("unit", "K")),
    ]
    _ = try client.publish(Message(topic: topic, payload: ByteBuffer(string: "21"), properties: properties))
    let message = try #require(try listener.messages(1).first)
    #expect(Set(message.properties.list) == Set(properties.list))
    #expect(message.properties.list.filter { if case .userProperty = $0 { true } else { false } }.count == 2)
  }

  @Test(arguments: BrokerSetting.all.filter { $0.version == .v5 })
  func `a message that nobody wanted is told as such`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let client = try flow.client("nobody")
    _ = try client.connection()
    let code: ReasonCode = setting.kind.oddities.contains(.countsNoSubscribers) ? .success : .noMatchingSubscribers
    let topic = flow.topic("nobody")
    let once = try client.publish(Message(topic: topic, qos: .atLeastOnce))
    #expect(once.last == .acknowledged(code, []))
    let twice = try client.publish(Message(topic: topic, qos: .exactlyOnce))
    let first: ReasonCode = setting.kind.oddities.contains(.countsAtQoS1Alone) ? .success : code
    #expect(twice.dropFirst() == [.received(first, []), .released, .completed(.success, [])])
  }

  @Test(arguments: BrokerSetting.all.filter { $0.kind == .mosquitto(.password) || $0.kind == .ejabberd })
  func `a wrong password is refused for good`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let stranger = try flow.client("stranger") {
      $0.password = Array("wrong".utf8)
      $0.reconnection = .backoff(Backoff())
    }
    let end = try stranger.disconnection()
    guard case .refused(let code, _, _) = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(code == .notAuthorized || code == .badUserNameOrPassword)
    #expect(end.retryIn == nil)
  }

  @Test func `NATS refuses 5_0 and is spoken to in 3_1_1`() throws {
    let flow = try BrokerFlow(BrokerSetting(kind: .nats, version: .v5))
    defer { flow.end() }
    let client = try flow.client("older") { $0.protocolChoice = .automatic }
    let versions = try client.next("fall back") {
      if case .fellBack(let from, let to, _) = $0 { [from, to] } else { nil }
    }
    #expect(versions == [.v5, .v3_1_1])
    #expect(try client.connection().version == .v3_1_1)
    let only = try flow.client("newer")
    #expect(try !only.disconnection().description.isEmpty)
  }

  @Test(arguments: ["a b", "a.b"]) func `NATS refuses a client identifier with a space or a dot`(id: String) throws {
    let flow = try BrokerFlow(BrokerSetting(kind: .nats, version: .v3_1_1))
    defer { flow.end() }
    let end = try flow.client(id).disconnection()
    #expect(end.reason == .refused(.clientIdentifierNotValid, [], .v3_1_1))
  }

  @Test(arguments: BrokerKind.allCases)
  func `a broker that is killed and started again finds us subscribed again`(kind: BrokerKind) throws {
    let broker = try kind.start()
    let clients = try kind.versions.map { version in
      Recorder(
        try BrokerSetting(kind: kind, version: version).configuration("back", at: broker.address) {
          $0.subscriptions = [Subscription(filter: "\(version)/back")]
          $0.reconnection = .backoff(Backoff(first: .milliseconds(20), longest: .milliseconds(100)))
        })
    }
    for client in clients { _ = try client.grants() }
    try broker.kill()
    for client in clients {
      let end = try client.disconnection()
      #expect(end.reason == .closed(wasAccepted: true) && end.retryIn != nil)
    }
    try broker.start()
    for (client, version) in zip(clients, kind.versions) {
      #expect(try client.grants().map(\.reasonCode) == [.success])
      client.client.perform(.publish(1, Message(topic: "\(version)/back", payload: ByteBuffer(string: "again"))))
      #expect(try client.messages(1).map(\.payload) == [ByteBuffer(string: "again")])
    }
  }
}
