import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Retained messages: kept, sent, replaced, deleted, expired.
struct RetainedTests {
  /// A broker that keeps `a` = 1 and `b/c` = 2, published by client 0; client 1 is connected.
  private static func keeping(_ version: ProtocolVersion = .v5) -> Script {
    var script = Script()
    _ = script.connect(0, "c0", version)
    _ = script.connect(1, "c1", version)
    _ = script.publish("a", "1", qos: .atLeastOnce, retain: true, from: 0)
    _ = script.publish("b/c", "2", retain: true, from: 0)
    return script
  }

  @Test(arguments: ProtocolVersion.allCases) func `a new subscription is sent what is retained, and told so`(
    version: ProtocolVersion
  ) {
    var script = Self.keeping(version)
    let said = script.subscribe("#", from: 1)
    guard case .packet(1, .suback) = said.first else { Issue.record("SUBACK is not first"); return }
    #expect(said.payloads(to: 1) == ["1", "2"] && said.messages(to: 1).allSatisfy(\.isRetained))
    #expect(said.messages(to: 1).map(\.qos) == [.atLeastOnce, .atMostOnce])
  }

  @Test(arguments: ProtocolVersion.allCases) func `a subscription that stands gets messages without the flag`(
    version: ProtocolVersion
  ) {
    var script = Self.keeping(version)
    _ = script.subscribe("#", from: 1)
    #expect(script.publish("a", "3", retain: true, from: 0).messages(to: 1).map(\.isRetained) == [false])
    #expect(script.subscribe("a", from: 1).payloads(to: 1) == ["3"])
  }

  @Test(arguments: ProtocolVersion.allCases) func `an empty payload deletes what is retained, and is passed on`(
    version: ProtocolVersion
  ) {
    var script = Self.keeping(version)
    _ = script.subscribe("a", from: 1)
    let said = script.publish("a", "", retain: true, from: 0)
    #expect(said.payloads(to: 1) == [""] && said.messages(to: 1).first?.isRetained == false)
    #expect(script.state.retained.count == 1)
    #expect(script.subscribe("a", from: 1).messages(to: 1) == [])
  }

  @Test(arguments: ProtocolVersion.allCases) func `a message that is not to be kept changes nothing that is`(
    version: ProtocolVersion
  ) {
    var script = Self.keeping(version)
    _ = script.publish("a", "live", from: 0)
    _ = script.publish("a", "", from: 0)
    #expect(script.subscribe("a", from: 1).payloads(to: 1) == ["1"])
  }

  @Test func `the QoS of what is kept is that of its publish and at most that of the subscription`() {
    var script = Self.keeping()
    #expect(script.subscribe("a", .atMostOnce, from: 1).messages(to: 1).map(\.qos) == [.atMostOnce])
    #expect(script.subscribe("a", .exactlyOnce, from: 1).messages(to: 1).map(\.qos) == [.atLeastOnce])
    _ = script.publish("a", "0", qos: .atMostOnce, retain: true, from: 0)
    #expect(script.subscribe("a", .exactlyOnce, from: 1).messages(to: 1).map(\.qos) == [.atMostOnce])
  }

  @Test func `Retain Handling says whether what is retained is sent`() {
    var script = Self.keeping()
    #expect(script.subscribe("a", handling: .sendIfNew, from: 1).payloads(to: 1) == ["1"])
    #expect(script.subscribe("a", handling: .sendIfNew, from: 1).payloads(to: 1) == [])
    #expect(script.subscribe("a", handling: .send, from: 1).payloads(to: 1) == ["1"])
    #expect(script.subscribe("b/#", handling: .doNotSend, from: 1).payloads(to: 1) == [])
    #expect(script.subscribe("$share/s/#", from: 1).payloads(to: 1) == [])
  }

  @Test func `Retain As Published keeps the flag of live messages`() {
    var script = Self.keeping()
    _ = script.subscribe("a", asPublished: true, handling: .doNotSend, from: 1)
    #expect(script.publish("a", retain: true, from: 0).messages(to: 1).map(\.isRetained) == [true])
    #expect(script.publish("a", retain: false, from: 0).messages(to: 1).map(\.isRetained) == [false])
  }

  @Test(arguments: [
    ("#", ["1", "2"]), ("+", ["1"]), ("+/#", ["1", "2"]), ("+/+", ["2"]), ("b/#", ["2"]), ("b/c/#", ["2"]), ("b", []),
    ("a/#", ["1"]), ("b/c", ["2"]), ("$SYS/#", ["system"]), ("$SYS/+", ["system"]),
  ])
  func `wildcards find what is retained`(filter: String, payloads: [String]) throws {
    var script = Self.keeping()
    let system = Publish(topic: "$SYS/x", payload: ByteBuffer(string: "system"), isRetained: true)
    _ = script.state.publish(try StoredMessage(system, at: 0), from: -1, at: 0)
    #expect(script.subscribe(filter, from: 1).payloads(to: 1) == payloads)
  }

  @Test func `what is retained expires, and the rest of its time is told`() {
    var script = Script()
    _ = script.connect(0)
    _ = script.connect(1)
    _ = script.publish("a", retain: true, [.messageExpiryInterval(10)], from: 0)
    _ = script.wait(4)
    #expect(script.subscribe("a", from: 1).messages(to: 1).map(\.properties) == [[.messageExpiryInterval(6)]])
    _ = script.wait(7)
    #expect(script.subscribe("a", from: 1).messages(to: 1) == [])
    #expect(script.state.retained.count == 0 && script.state.retained.size == 0)
    // And nobody has to ask for it
    _ = script.publish("b", retain: true, [.messageExpiryInterval(10)], from: 0)
    #expect(script.state.limits.systemInterval == 0 && script.wait(21) == [] && script.state.retained.count == 0)
  }

  @Test func `what is retained has a bound in number and in bytes`() {
    var script = Script {
      $0.retainedMessages = 2
      $0.retainedBytes = 100
    }
    _ = script.connect(0)
    for topic in ["a", "b", "c"] { _ = script.publish(topic, retain: true, from: 0) }
    #expect(script.state.retained.count == 2)
    _ = script.publish("a", String(repeating: "x", count: 200), retain: true, from: 0)
    // What the topic had before is not so any more
    #expect(script.state.retained.size == 2 && script.state.retained.count == 1)
    #expect(script.subscribe("#", from: 0).topics(to: 0) == ["b"])
    _ = script.publish("c", retain: true, from: 0)
    #expect(script.state.retained.count == 2)
  }

  @Test func `a client that does not read costs no more for asking again`() {
    var script = Script {
      $0.unsentBytes = 1
      $0.queuedMessages = 3
    }
    _ = script.connect(0)
    for number in 0..<5 { _ = script.publish("\(number)", retain: true, from: 0) }
    _ = script.connect(1)
    for _ in 0..<10 { _ = script.subscribe("#", from: 1) }
    #expect(script.state.sessions[1].queue.count <= 8)
    var topics: [String] = []
    for _ in 0..<9 { topics += script.sent(1).topics(to: 1) }
    #expect(topics.count >= 5)
  }
}
