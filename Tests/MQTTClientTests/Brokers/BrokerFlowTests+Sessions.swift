import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// Sessions that outlive a connection, clients that vanish or are pushed out, brokers that die.
extension BrokerFlowTests {
  @Test(arguments: BrokerSetting.all)
  func `a session goes on where it was left, with what came meanwhile`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("session")
    let change = { (configuration: inout Configuration) in
      configuration.cleanStart = false
      configuration.properties = setting.version == .v5 ? [.sessionExpiryInterval(60)] : []
      configuration.subscriptions = [Subscription(filter: "\(topic)/#", qos: .exactlyOnce)]
    }
    let away = try flow.client("session-in", change)
    #expect(try !away.connection().sessionPresent)
    _ = try away.grants()
    away.client.perform(.disconnect(.success, []))
    #expect(try away.disconnection().reason == .requested)
    let client = try flow.client("session-out")
    _ = try client.connection()
    for qos in QoS.allCases { try client.deliver("\(topic)/\(qos.rawValue)", at: qos) }
    away.client.perform(.reconnect)
    #expect(try away.connection().sessionPresent)
    let queued = setting.kind.oddities.contains(.queuesQoS0) ? QoS.allCases : [.atLeastOnce, .exactlyOnce]
    #expect(try away.topics(queued.count) == queued.map { "\(topic)/\($0.rawValue)" })
    try client.deliver("\(topic)/live")
    #expect(try away.topics(1) == ["\(topic)/live"])
  }

  @Test(arguments: BrokerSetting.all)
  func `a clean start ends the session that was kept`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let kept = try flow.client("forget") { configuration in
      configuration.cleanStart = false
      configuration.properties = setting.version == .v5 ? [.sessionExpiryInterval(60)] : []
    }
    _ = try kept.connection()
    kept.client.perform(.reconnect)
    #expect(try kept.connection().sessionPresent)
    kept.client.perform(.disconnect(.success, []))
    #expect(try kept.disconnection().reason == .requested)
    #expect(try !flow.client("forget").connection().sessionPresent)
  }

  @Test(arguments: BrokerSetting.all)
  func `the will of a client that vanishes is published`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("will")
    let listener = try flow.client("will-in") { $0.subscriptions = [Subscription(filter: topic, qos: .atLeastOnce)] }
    _ = try listener.grants()
    let relay = try flow.relay()
    let vanishing = try flow.client("will", by: relay.place) {
      $0.will = Will(topic: topic, payload: ByteBuffer(string: "gone"), qos: .atLeastOnce)
    }
    _ = try vanishing.connection()
    relay.cut()
    let message = try #require(try listener.messages(1).first)
    #expect(message.topic == topic && message.payload == ByteBuffer(string: "gone") && !message.isRetained)
    #expect(try vanishing.disconnection().reason == .closed(wasAccepted: true))
  }

  @Test(arguments: BrokerSetting.all)
  func `a client that leaves in order takes its will along`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let topic = flow.topic("leave")
    let listener = try flow.client("leave-in") {
      $0.subscriptions = [Subscription(filter: "\(topic)/#", qos: .atLeastOnce)]
    }
    _ = try listener.grants()
    let leaving = try flow.client("leave") {
      $0.will = Will(topic: "\(topic)/will", payload: ByteBuffer(string: "gone"), qos: .atLeastOnce)
    }
    _ = try leaving.connection()
    leaving.client.perform(.disconnect(.success, []))
    _ = try leaving.disconnection()
    let client = try flow.client("leave-out")
    _ = try client.connection()
    try client.deliver("\(topic)/end")
    #expect(try listener.topics(1) == ["\(topic)/end"])
  }

  @Test(arguments: BrokerSetting.all)
  func `the older of two clients with one identifier is pushed out`(setting: BrokerSetting) throws {
    let flow = try BrokerFlow(setting)
    defer { flow.end() }
    let first = try flow.client("twin")
    _ = try first.connection()
    let second = try flow.client("twin")
    _ = try second.connection()
    let isSilent = setting.version == .v3_1_1 || setting.kind.oddities.contains(.takesOverInSilence)
    let end = try first.disconnection()
    if isSilent {
      #expect(end.reason == .closed(wasAccepted: true))
    } else if case .dismissed(let code, _) = end.reason {
      #expect(code == .sessionTakenOver)
    } else {
      Issue.record("\(end)")
    }
    #expect(end.description.contains("client identifier"))
    second.client.perform(.ping)
    _ = try second.next("pong") { if case .pong = $0 { true } else { nil } }
  }
}
