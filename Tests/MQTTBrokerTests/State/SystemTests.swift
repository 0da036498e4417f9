import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// The broker about itself.
struct SystemTests {
  @Test func `the tree of the broker is like mosquitto's, and says only what has changed`() {
    var script = Script { $0.systemInterval = 10 }
    _ = script.connect(0)
    _ = script.publish("a", "payload", retain: true, from: 0)
    _ = script.subscribe("$SYS/broker/+", from: 0)
    _ = script.subscribe("$SYS/broker/+/#", from: 0)
    let first = script.wait(0)
    let facts = Dictionary(uniqueKeysWithValues: zip(first.topics(to: 0), first.payloads(to: 0)))
    #expect(facts["$SYS/broker/clients/connected"] == "1" && facts["$SYS/broker/subscriptions/count"] == "2")
    #expect(facts["$SYS/broker/publish/messages/received"] == "1")
    #expect(facts["$SYS/broker/publish/bytes/received"] == "7")
    #expect(facts["$SYS/broker/load/messages/received/1min"] == "0.00")
    for topic in ["version", "uptime", "bytes/received", "messages/stored", "retained messages/count"] {
      #expect(facts["$SYS/broker/\(topic)"] != nil, "\(topic)")
    }
    #expect(script.wait(9) == [])
    let second = script.wait(1)
    #expect(
      second.topics(to: 0).contains("$SYS/broker/uptime") && !second.topics(to: 0).contains("$SYS/broker/version"))
    _ = script.connect(1)
    #expect(script.subscribe("#", from: 1).topics(to: 1) == ["a"])
    #expect(script.subscribe("$SYS/broker/uptime", from: 1).payloads(to: 1) == ["10 seconds"])
  }

  @Test func `the load of a minute approaches what happens in a minute`() {
    var load = Load()
    var statistics = Statistics()
    var facts = load.update(with: statistics, at: 0)
    for step in 1...60 {
      statistics.publishesSent += 50
      facts = load.update(with: statistics, at: Int64(step) * 10 * second)
    }
    let average = facts.first { $0.topic == "load/publish/sent/1min" }.flatMap { Double($0.value) } ?? 0
    #expect((299...300.1).contains(average))
  }

  @Test func `a shutdown is told to clients of 5_0`() {
    var script = Script()
    _ = script.connect(0)
    script.state.shutDown(at: 0)
    #expect(script.sent(0).farewell(to: 0) == .serverShuttingDown)
  }

  @Test func `more clients than allowed are not let in`() {
    var script = Script {
      $0.connections = 2
      $0.sessions = 1
    }
    _ = script.connect(0)
    #expect(script.connect(1).connack(to: 1)?.reasonCode == .quotaExceeded)
    #expect(script.connect(2) == [.close(2)])
  }
}
