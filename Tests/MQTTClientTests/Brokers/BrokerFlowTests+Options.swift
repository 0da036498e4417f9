import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// The options of subscriptions and the limits of 5.0, and many messages at once.
extension BrokerFlowTests {
  private static let newer = BrokerSetting.all.filter { $0.version == .v5 }

  @Test(arguments: newer)
  func `our own messages stay away with No Local`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("local")
    let own = try flow.client("local-in") {
      $0.subscriptions = [Subscription(filter: "\(topic)/#", qos: .atLeastOnce, noLocal: true)]
    }
    _ = try own.grants()
    let other = try flow.client("local-out")
    _ = try other.connection()
    own.client.perform(.publish(1, Message(topic: "\(topic)/own", qos: .atLeastOnce)))
    _ = try own.next("acknowledged") { if case .delivery(1, .acknowledged, _) = $0 { true } else { nil } }
    try other.deliver("\(topic)/other")
    let extra = setting.kind.oddities.contains(.ignoresOptions) ? ["\(topic)/own"] : []
    #expect(try own.topics(1 + extra.count) == extra + ["\(topic)/other"])
  }

  @Test(arguments: newer)
  func `a live message says that it is retained with Retain As Published`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("as-published")
    let listener = try flow.client("as-published-in") {
      $0.subscriptions = [Subscription(filter: topic, qos: .atLeastOnce, retainAsPublished: true)]
    }
    _ = try listener.grants()
    let client = try flow.client("as-published-out")
    _ = try client.connection()
    try client.deliver(topic, "kept", retained: true)
    try client.deliver(topic, "live")
    let isKept = !setting.kind.oddities.contains(.ignoresOptions)
    #expect(try listener.messages(2).map(\.isRetained) == [isKept, false])
  }

  @Test(arguments: newer)
  func `retained messages stay away if they are not wanted`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("handling")
    let client = try flow.client("handling-out")
    _ = try client.connection()
    try client.deliver("\(topic)/a", "kept", retained: true)
    let listener = try flow.client("handling-in") {
      $0.subscriptions = [Subscription(filter: "\(topic)/#", qos: .atLeastOnce, retainHandling: .doNotSend)]
    }
    _ = try listener.grants()
    try client.deliver("\(topic)/live")
    let extra = setting.kind.oddities.contains(.ignoresOptions) ? ["\(topic)/a"] : []
    #expect(try listener.topics(1 + extra.count) == extra + ["\(topic)/live"])
  }

  @Test(arguments: newer)
  func `a message says by which subscription it came`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("identifier")
    let listener = try flow.client("identifier-in")
    _ = try listener.connection()
    listener.client.perform(.subscribe(1, [Subscription(filter: "\(topic)/+")], [.subscriptionIdentifier(300)]))
    #expect(try listener.grants().map(\.reasonCode) == [.success])
    let client = try flow.client("identifier-out")
    _ = try client.connection()
    try client.deliver("\(topic)/a")
    #expect(try listener.messages(1).map(\.properties.subscriptionIdentifiers) == [[300]])
  }

  @Test(arguments: newer)
  func `an alias stands for its topic on the way to the broker`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("alias")
    let listener = try flow.client("alias-in") { $0.subscriptions = [Subscription(filter: topic, qos: .atLeastOnce)] }
    _ = try listener.grants()
    let client = try flow.client("alias-out")
    _ = try client.connection()
    for name in [topic, "", ""] {
      let message = Message(topic: name, qos: .atLeastOnce, properties: [.topicAlias(3)])
      #expect(try client.publish(message).last == .acknowledged(.success, []))
    }
    #expect(try listener.topics(3) == [topic, topic, topic])
  }

  @Test(arguments: newer)
  func `a shared subscription gives each message to one of its members`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("shared")
    let shared = Subscription(filter: "$share/group/\(topic)", qos: .atLeastOnce)
    let members = try (1...2).map { number in try flow.client("shared-\(number)") { $0.subscriptions = [shared] } }
    if setting.kind.oddities.contains(.sharesNothing) {
      for member in members { #expect(try member.grants() == [Grant(shared, .sharedSubscriptionsNotSupported)]) }
      return
    }
    for member in members { #expect(try member.grants() == [Grant(shared, .grantedQoS1)]) }
    let client = try flow.client("shared-out")
    _ = try client.connection()
    for number in 0..<10 { try client.deliver(topic, "\(number)") }
    // Each member gets five of ten in turns; together they get all
    let payloads = try members.flatMap { try $0.messages(5) }.map { String(buffer: $0.payload) }
    #expect(payloads.sorted() == (0..<10).map { "\($0)" })
  }

  @Test(arguments: BrokerSetting.all, [QoS.atLeastOnce, .exactlyOnce])
  func `hundreds of messages at once come whole, once and in order`(setting: BrokerSetting, qos: QoS) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("many/\(qos.rawValue)")
    let count = 300
    let listener = try flow.client("many-in-\(qos.rawValue)") {
      $0.subscriptions = [Subscription(filter: "\(topic)/#", qos: qos)]
    }
    _ = try listener.grants()
    let client = try flow.client("many-out-\(qos.rawValue)")
    _ = try client.connection()
    for number in 0..<count {
      let message = Message(topic: "\(topic)/\(number % 7)", payload: ByteBuffer(string: "\(number)"), qos: qos)
      client.client.perform(.publish(RequestID(rawValue: UInt64(number)), message))
    }
    try client.deliver("\(topic)/end", at: qos)
    let messages = try listener.messages(count + 1)
    #expect(messages.dropLast().map { String(buffer: $0.payload) } == (0..<count).map { "\($0)" })
    #expect(messages.last?.topic == "\(topic)/end")
  }

  @Test(arguments: newer)
  func `the broker keeps to the number of deliveries that we take at once`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("receive-maximum")
    let listener = try flow.client("receive-maximum-in") {
      $0.cleanStart = false
      $0.properties = [.receiveMaximum(1), .sessionExpiryInterval(60)]
      $0.subscriptions = [Subscription(filter: topic, qos: .exactlyOnce)]
    }
    _ = try listener.grants()
    // Everything waits before the first of it is sent
    listener.client.perform(.disconnect(.success, []))
    _ = try listener.disconnection()
    let client = try flow.client("receive-maximum-out")
    _ = try client.connection()
    for number in 0..<20 { try client.deliver(topic, "\(number)", at: .exactlyOnce) }
    listener.client.perform(.reconnect)
    if setting.kind.oddities.contains(.ignoresReceiveMaximum) {
      guard case .protocolError(.receiveMaximumExceeded, _) = try listener.disconnection().reason else {
        throw TestSupportError("\(setting) keeps to the receive maximum")
      }
      return
    }
    #expect(try listener.messages(20).map { String(buffer: $0.payload) } == (0..<20).map { "\($0)" })
  }
}
