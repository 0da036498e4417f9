import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// The whole client against brokers of other people, in each version they speak: connections and messages.
@Suite(.sharedBrokers) struct BrokerFlowTests {
  @Test(arguments: BrokerSetting.all)
  func `a filter is granted at the QoS that was asked for`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let wanted = QoS.allCases.map { Subscription(filter: flow.topic("grant/\($0.rawValue)"), qos: $0) }
    let client = try flow.client("grant") { $0.subscriptions = wanted }
    let connection = try client.connection()
    #expect(connection.version == setting.version && !connection.sessionPresent)
    #expect(connection.clientID == setting.clientID("grant"))
    #expect(
      try client.grants() == [
        Grant(wanted[0], .success), Grant(wanted[1], .grantedQoS1), Grant(wanted[2], .grantedQoS2),
      ])
  }

  @Test(arguments: BrokerSetting.all)
  func `a publish has its whole handshake`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("handshake")
    let listener = try flow.client("handshake-in") { $0.subscriptions = [Subscription(filter: topic)] }
    _ = try listener.grants()
    let client = try flow.client("handshake-out")
    _ = try client.connection()
    #expect(try client.publish(Message(topic: topic)) == [.sent(packetID: 0, isDuplicate: false)])
    #expect(
      try client.publish(Message(topic: topic, qos: .atLeastOnce)) == [
        .sent(packetID: 1, isDuplicate: false), .acknowledged(.success, []),
      ])
    #expect(
      try client.publish(Message(topic: topic, qos: .exactlyOnce)) == [
        .sent(packetID: 2, isDuplicate: false), .received(.success, []), .released, .completed(.success, []),
      ])
    #expect(try listener.messages(3).map(\.qos) == [.atMostOnce, .atMostOnce, .atMostOnce])
  }

  @Test(arguments: BrokerSetting.all)
  func `a message comes at each QoS`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("qos")
    let listener = try flow.client("qos-in") { $0.subscriptions = [Subscription(filter: topic, qos: .exactlyOnce)] }
    _ = try listener.grants()
    let client = try flow.client("qos-out")
    _ = try client.connection()
    let isRaised = setting.kind.oddities.contains(.raisesQoS)
    for qos in QoS.allCases {
      try client.deliver(topic, "\(qos)", at: qos)
      let message = try #require(try listener.messages(1).first)
      #expect(message.topic == topic && message.payload == ByteBuffer(string: "\(qos)"))
      #expect(message.qos == (isRaised ? .exactlyOnce : qos) && !message.isRetained && !message.isDuplicate)
    }
  }

  @Test(arguments: BrokerSetting.all)
  func `a retained message is set, seen by whoever comes later, and deleted`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("retained")
    let filter = Subscription(filter: "\(topic)/#", qos: .atLeastOnce)
    let listener = try flow.client("retained-in") { $0.subscriptions = [filter] }
    _ = try listener.grants()
    let client = try flow.client("retained-out")
    _ = try client.connection()
    try client.deliver("\(topic)/a", "kept", retained: true)
    let live = try #require(try listener.messages(1).first)
    #expect(live.payload == ByteBuffer(string: "kept") && !live.isRetained)
    let late = try flow.client("retained-late") { $0.subscriptions = [filter] }
    let seen = try #require(try late.messages(1).first)
    #expect(seen.topic == "\(topic)/a" && seen.payload == ByteBuffer(string: "kept") && seen.isRetained)
    try client.deliver("\(topic)/a", retained: true)
    #expect(try listener.messages(1).first?.payload.readableBytes == 0)
    let later = try flow.client("retained-later") { $0.subscriptions = [filter] }
    _ = try later.grants()
    try client.deliver("\(topic)/end")
    #expect(try later.topics(1) == ["\(topic)/end"])
  }

  @Test(arguments: BrokerSetting.all)
  func `wildcards match what the standard says`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("wild")
    let filters = ["\(topic)/+/x", "\(topic)/deep/#"].map { Subscription(filter: $0, qos: .atLeastOnce) }
    let listener = try flow.client("wild-in") { $0.subscriptions = filters }
    #expect(try listener.grants().map(\.reasonCode) == [.grantedQoS1, .grantedQoS1])
    let client = try flow.client("wild-out")
    _ = try client.connection()
    let other = ["", "/x", "/1/y", "/1/2/x", "/1/x/2", "/deeper"]
    let matching = ["/1/x", "//x", "/deep", "/deep/1", "/deep/1/2/3", "/2/x"]
    for rest in other + matching { try client.deliver(topic + rest) }
    #expect(try listener.topics(matching.count).sorted() == matching.map { topic + $0 }.sorted())
  }

  @Test(arguments: BrokerSetting.all)
  func `what was unsubscribed from stays away`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("unsubscribe")
    let filters = ["\(topic)/gone", "\(topic)/kept"]
    let listener = try flow.client("unsubscribe-in") { configuration in
      configuration.subscriptions = filters.map { Subscription(filter: $0, qos: .atLeastOnce) }
    }
    _ = try listener.grants()
    listener.client.perform(.unsubscribe(1, [filters[0]], []))
    let removals = try listener.next("unsubscribed") { if case .unsubscribed(1, let all, _) = $0 { all } else { nil } }
    #expect(removals == [Removal(filters[0], .success)])
    let client = try flow.client("unsubscribe-out")
    _ = try client.connection()
    for filter in [filters[0], filters[1], filters[1]] { try client.deliver(filter) }
    #expect(try listener.topics(2) == [filters[1], filters[1]])
  }

  @Test(arguments: BrokerSetting.all)
  func `a large payload and a topic of wide characters come whole`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("Küche/办公室/🌡️")
    let listener = try flow.client("large-in") {
      $0.subscriptions = [Subscription(filter: topic, qos: .atLeastOnce)]
    }
    _ = try listener.grants()
    let client = try flow.client("large-out")
    _ = try client.connection()
    let size = setting.kind.oddities.contains(.losesLargeMessages) ? 100_000 : 1_000_000
    let payload = ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
    let steps = try client.publish(Message(topic: topic, payload: payload, qos: .atLeastOnce))
    #expect(steps.last == .acknowledged(.success, []))
    let message = try #require(try listener.messages(1).first)
    #expect(message.topic == topic && message.payload == payload)
  }

  @Test(arguments: BrokerSetting.all) func `a ping is answered`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let client = try flow.client("ping")
    _ = try client.connection()
    client.client.perform(.ping)
    #expect(try client.next("pong") { if case .pong(let time) = $0 { time } else { nil } } > 0)
  }
}
