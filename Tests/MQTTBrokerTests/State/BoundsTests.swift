import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Nobody costs the broker more than a bound, and nobody is shut out by one for good.
struct BoundsTests {
  private static let kept: Properties = [.sessionExpiryInterval(600)]

  /// A message of 3.1.1 may be as large as a packet can be; in 5.0 it has a byte more, for the length of its properties.
  @Test func `a message that is one byte too large for 5_0 is dropped for it, and delivered in 3_1_1`() {
    var script = Script()
    _ = script.connect(0, "p", .v3_1_1)
    _ = script.connect(1, "new", .v5)
    _ = script.connect(2, "old", .v3_1_1)
    for place in 1...2 { _ = script.subscribe("t", from: place) }
    var bytes = ByteBuffer(bytes: [0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, UInt8(ascii: "t")])
    bytes.writeRepeatingByte(0, count: 268_435_452)
    let said = script.say(bytes, from: 0)
    #expect(said.messages(to: 1).isEmpty && said.messages(to: 2).map(\.payload.readableBytes) == [268_435_452])
    #expect(script.state.statistics.publishesDropped == 1)
  }

  @Test func `retained messages that wait for a client are bounded when others have taken their places`() {
    var script = Script {
      $0.unsentBytes = 1
      $0.retainedBytes = 2_000
    }
    _ = script.connect(0)
    _ = script.connect(1, "s", Self.kept)
    for round in 0..<20 {
      for topic in ["a", "b", "c"] {
        _ = script.publish(
          topic, String(repeating: "\(round % 10)", count: 400), qos: .atLeastOnce, retain: true, from: 0)
      }
      _ = script.subscribe("#", .atLeastOnce, from: 1)
      let session = script.state.sessions[1]
      let waiting = session.queue.filter(\.isRetained).map(\.size)
      let underWay = session.inFlight.values.filter(\.isRetained).map(\.size)
      #expect(session.retainedBytes == (waiting + underWay).reduce(0, +))
      #expect(session.retainedBytes > 0 && session.retainedBytes <= 2_000)
    }
    // What is live has a bound of its own, and is not shut out
    #expect(script.publish("d", qos: .atLeastOnce, from: 0).codes(to: 0) == [])
    #expect(script.state.sessions[1].queue.last?.copy.message.topicText == "d")
  }

  @Test func `an answer costs whoever asks what it is long`() {
    var script = Script()
    _ = script.connect(0)
    let before = script.state.credit(of: 0)
    let filters = Array(repeating: Subscription(filter: "a"), count: 5_000)
    _ = script.say(.subscribe(Subscribe(packetID: 1, subscriptions: filters)), from: 0)
    let between = script.state.credit(of: 0)
    #expect(before - between > 5_000)
    _ = script.say(.unsubscribe(Unsubscribe(packetID: 2, filters: filters.map(\.filter))), from: 0)
    #expect(between - script.state.credit(of: 0) > 5_000)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a full queue does not keep a client from going on with what it has begun`(
    version: ProtocolVersion
  ) {
    let properties: Properties = version == .v5 ? Self.kept : []
    var script = Script { $0.queuedBytes = 500 }
    _ = script.connect(0, "p", version)
    _ = script.connect(1, "s", version, clean: false, properties)
    _ = script.subscribe("#", from: 1)
    _ = script.lose(1)
    for _ in 0..<20 { _ = script.publish("t", String(repeating: "x", count: 50), qos: .atLeastOnce, from: 0) }
    #expect(script.state.statistics.publishesDropped > 0)
    _ = script.connect(1, "s", version, clean: false, properties)
    let said = script.publish("u", "mine", qos: .exactlyOnce, id: 9, duplicate: true, from: 1)
    #expect(said == [.packet(1, .pubrec(Acknowledgement(9)))])
    let again = script.publish("u", String(repeating: "x", count: 500), qos: .exactlyOnce, id: 10, from: 1)
    #expect(version == .v5 ? again.packets(to: 1) == [.pubrec(Acknowledgement(10, .quotaExceeded))] : again.closes(1))
  }

  @Test func `what has expired makes room for what has not`() {
    var script = Script { $0.queuedBytes = 500 }
    _ = script.connect(0, "p")
    _ = script.connect(1, "s", Self.kept)
    _ = script.subscribe("#", from: 1)
    _ = script.lose(1)
    for _ in 0..<20 {
      _ = script.publish("t", "old", qos: .atLeastOnce, [.messageExpiryInterval(3)], from: 0)
    }
    _ = script.wait(4)
    _ = script.publish("t", "new", qos: .atLeastOnce, from: 0)
    #expect(script.state.sessions[1].queue.map(\.copy.message.payloadBytes) == [Array("new".utf8)])
    #expect(script.connect(1, "s", clean: false, Self.kept).payloads(to: 1) == ["new"])
  }

  @Test func `whoever can be told is told that a message cannot be retained, and keeps what there was`() {
    var script = Script { $0.retainedBytes = 100 }
    _ = script.connect(0)
    _ = script.publish("a", "old", qos: .atLeastOnce, retain: true, from: 0)
    let large = String(repeating: "x", count: 200)
    let refused = script.publish("a", large, qos: .atLeastOnce, retain: true, from: 0)
    #expect(refused == [.packet(0, .puback(Acknowledgement(1, .quotaExceeded)))])
    let again = script.publish("a", large, qos: .exactlyOnce, retain: true, from: 0)
    #expect(again == [.packet(0, .pubrec(Acknowledgement(1, .quotaExceeded)))])
    #expect(script.state.hasRefusedRetained && script.state.retained.size == 4)
    _ = script.connect(1, "older", .v3_1_1)
    #expect(script.publish("a", large, qos: .atLeastOnce, retain: true, from: 1).closes(1))
    #expect(script.publish("a", "", qos: .atLeastOnce, retain: true, from: 0).packets(to: 0).count == 1)
    #expect(script.state.retained.count == 0)
  }

  @Test func `topic aliases, filters and levels have bounds of their own`() {
    var script = Script {
      $0.outboundAliases = 2
      $0.filterBytes = 10
      $0.retainedMessages = 2
    }
    _ = script.connect(0)
    _ = script.connect(1, "s", [.topicAliasMaximum(.max)])
    #expect(script.subscribe("#", from: 1).codes(to: 1) == [.grantedQoS2])
    #expect(
      ["a", "b", "c"].flatMap { script.publish($0, from: 0).messages(to: 1) }.map(\.properties.topicAlias) == [
        1, 2, nil,
      ])
    #expect(script.subscribe("123456789", from: 1).codes(to: 1) == [.grantedQoS2])
    #expect(script.subscribe("b", from: 1).codes(to: 1) == [.quotaExceeded])
    #expect(script.subscribe("123456789", from: 1).codes(to: 1) == [.grantedQoS2])
    _ = script.say(.unsubscribe(Unsubscribe(packetID: 2, filters: ["123456789", "never"])), from: 1)
    #expect(script.subscribe("123456780", from: 1).codes(to: 1) == [.grantedQoS2])
    _ = script.publish(String(repeating: "/", count: 100), retain: true, from: 0)
    #expect(script.state.retained.count == 0)
    _ = script.publish(String(repeating: "/", count: 10), retain: true, from: 0)
    #expect(script.state.retained.count == 1)
  }

  @Test func `a client that is not read is not silent`() {
    var script = Script()
    _ = script.connect(0, "a", keepAlive: 2)
    _ = script.wait(2)
    script.state.excuse(0, at: script.now)
    #expect(script.wait(2) == [])
    #expect(script.wait(2).farewell(to: 0) == .keepAliveTimeout)
  }
}
