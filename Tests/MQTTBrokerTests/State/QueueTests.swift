import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// What waits: for a client that is away, for its quota, for its network.
struct QueueTests {
  private static let kept: Properties = [.sessionExpiryInterval(60)]

  private static func kept(_ more: Property...) -> Properties { Properties(kept.list + more) }

  /// A broker with a publisher at 0 and a session `s` at 1 that is subscribed to everything.
  private static func session(
    _ version: ProtocolVersion = .v5, _ more: [Property] = [], _ change: (inout BrokerLimits) -> Void = { _ in }
  ) -> Script {
    var script = Script(Access(), change)
    _ = script.connect(0, "p", version)
    _ = script.connect(1, "s", version, clean: false, version == .v5 ? Properties(kept.list + more) : [])
    _ = script.subscribe("#", from: 1)
    return script
  }

  @Test(arguments: ProtocolVersion.allCases) func `a session keeps what comes at QoS 1 and 2 while its client is away`(
    version: ProtocolVersion
  ) {
    var script = Self.session(version)
    _ = script.lose(1)
    for (number, qos) in QoS.allCases.enumerated() {
      _ = script.publish("t", "\(number)", qos: qos, id: UInt16(number + 1), from: 0)
    }
    _ = script.say(.pubrel(Acknowledgement(3)), from: 0)
    let said = script.connect(1, "s", version, clean: false, version == .v5 ? Self.kept : [])
    #expect(said.connack(to: 1)?.sessionPresent == true)
    #expect(said.payloads(to: 1) == ["1", "2"] && said.messages(to: 1).map(\.qos) == [.atLeastOnce, .exactlyOnce])
    #expect(said.messages(to: 1).map(\.isDuplicate) == [false, false])
  }

  @Test(arguments: ProtocolVersion.allCases) func `deliveries go on in order with DUP, and PUBREL where it was sent`(
    version: ProtocolVersion
  ) {
    var script = Self.session(version)
    for number in 1...4 {
      _ = script.publish("t", "\(number)", qos: number == 2 ? .exactlyOnce : .atLeastOnce, id: 1, from: 0)
      if number == 2 { _ = script.say(.pubrel(Acknowledgement(1)), from: 0) }
    }
    _ = script.say(.puback(Acknowledgement(3)), from: 1)
    _ = script.say(.pubrec(Acknowledgement(2)), from: 1)
    _ = script.lose(1)
    let said = script.connect(1, "s", version, clean: false, version == .v5 ? Self.kept : [])
    #expect(said.packets(to: 1).contains(.pubrel(Acknowledgement(2))))
    #expect(said.payloads(to: 1) == ["1", "4"] && said.messages(to: 1).map(\.packetID) == [1, 4])
    #expect(said.messages(to: 1).map(\.isDuplicate) == [true, true])
    #expect(script.say(.pubcomp(Acknowledgement(2)), from: 1) == [])
    for id in [UInt16(1), 4] { _ = script.say(.puback(Acknowledgement(id)), from: 1) }
    #expect(script.state.sessions[1].queuedBytes == 0 && script.state.sessions[1].identifiers.count == 0)
  }

  @Test func `nothing is sent again on a live connection, nor to a new session`() {
    var script = Self.session()
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    #expect(script.wait(100).messages(to: 1) == [])
    _ = script.lose(1)
    #expect(script.connect(1, "s", clean: true).messages(to: 1) == [])
  }

  @Test func `the receive maximum holds QoS 1 and 2, frees on every end, and bars no other packet`() {
    var script = Self.session(.v5, [.receiveMaximum(2)])
    var said: [Script.Said] = []
    for number in 1...4 { said += script.publish("t", "\(number)", qos: .atLeastOnce, from: 0) }
    #expect(said.payloads(to: 1) == ["1", "2"])
    #expect(script.say(.pingreq, from: 1) == [.packet(1, .pingresp)])
    #expect(script.say(.puback(Acknowledgement(1)), from: 1).payloads(to: 1) == ["3"])
    #expect(script.say(.puback(Acknowledgement(2, .quotaExceeded)), from: 1).payloads(to: 1) == ["4"])
    #expect(script.say(.puback(Acknowledgement(9)), from: 1) == [])
    _ = script.publish("t", "5", qos: .exactlyOnce, from: 0)
    _ = script.say(.pubrel(Acknowledgement(1)), from: 0)
    #expect(script.state.connections[1].quota == 0)
    let last = script.say(.puback(Acknowledgement(3)), from: 1)
    #expect(last.payloads(to: 1) == ["5"])
    #expect(script.publish("t", "6", qos: .atLeastOnce, from: 0).payloads(to: 1) == [])
    let id = last.messages(to: 1).first?.packetID ?? 0
    #expect(script.say(.pubrec(Acknowledgement(id)), from: 1).payloads(to: 1) == [])
    #expect(script.say(.pubcomp(Acknowledgement(id)), from: 1).payloads(to: 1) == ["6"])
  }

  @Test func `the quota is the one of the connection, for what is sent again too`() {
    var script = Self.session()
    for number in 1...3 { _ = script.publish("t", "\(number)", qos: .atLeastOnce, from: 0) }
    _ = script.lose(1)
    let said = script.connect(1, "s", clean: false, Self.kept(.receiveMaximum(1)))
    #expect(said.payloads(to: 1) == ["1"])
    #expect(script.say(.puback(Acknowledgement(1)), from: 1).payloads(to: 1) == ["2"])
    #expect(script.publish("t", "4", qos: .atLeastOnce, from: 0).payloads(to: 1) == [])
    #expect(script.say(.puback(Acknowledgement(2)), from: 1).payloads(to: 1) == ["3"])
    #expect(script.say(.puback(Acknowledgement(3)), from: 1).payloads(to: 1) == ["4"])
  }

  @Test func `a packet that is too large for a client is left out as if it were delivered`() {
    var script = Self.session(.v5, [.maximumPacketSize(40)])
    let large = String(repeating: "x", count: 40)
    #expect(script.publish("t", large, qos: .atLeastOnce, from: 0).messages(to: 1) == [])
    #expect(script.state.sessions[1].inFlight.isEmpty && script.state.sessions[1].queuedBytes == 0)
    #expect(script.publish("t", "small", qos: .atLeastOnce, from: 0).messages(to: 1).map(\.packetID) == [2])
    #expect(script.state.statistics.publishesDropped == 1)
  }

  @Test func `a message that waits loses its time, and is deleted when it is over`() {
    var script = Self.session()
    #expect(
      script.publish("t", [.messageExpiryInterval(10)], from: 0).messages(to: 1).map(\.properties) == [
        [.messageExpiryInterval(10)]
      ])
    _ = script.lose(1)
    _ = script.publish("t", "old", qos: .atLeastOnce, [.messageExpiryInterval(3)], from: 0)
    _ = script.publish("t", "new", qos: .atLeastOnce, [.messageExpiryInterval(30)], from: 0)
    _ = script.wait(5)
    let said = script.connect(1, "s", clean: false, Self.kept)
    #expect(said.payloads(to: 1) == ["new"])
    #expect(said.messages(to: 1).map(\.properties) == [[.messageExpiryInterval(25)]])
  }

  @Test func `topic aliases of the client stand for their topics on one connection`() {
    var script = Self.session()
    #expect(script.publish("t", [.topicAlias(10)], from: 0).messages(to: 1).map(\.properties) == [[]])
    #expect(script.publish("", [.topicAlias(10)], from: 0).topics(to: 1) == ["t"])
    _ = script.publish("u", [.topicAlias(10)], from: 0)
    #expect(script.publish("", [.topicAlias(10)], from: 0).topics(to: 1) == ["u"])
    #expect(script.publish("", [.topicAlias(9)], from: 0).farewell(to: 0) == .protocolError)
    _ = script.lose(0)
    _ = script.connect(0, "p")
    #expect(script.publish("", [.topicAlias(10)], from: 0).farewell(to: 0) == .protocolError)
    _ = script.lose(0)
    _ = script.connect(0, "p")
    #expect(script.publish("t", [.topicAlias(11)], from: 0).farewell(to: 0) == .topicAliasInvalid)
  }

  @Test func `topics get aliases if the client takes any, and only so many`() {
    var script = Self.session(.v5, [.topicAliasMaximum(2)])
    let messages = ["a", "b", "c", "a", "b", "c"].flatMap { script.publish($0, from: 0).messages(to: 1) }
    #expect(messages.map(\.topic) == ["a", "b", "c", "", "", "c"])
    #expect(messages.map(\.properties.topicAlias) == [1, 2, nil, 1, 2, nil])
    _ = script.publish("a", qos: .atLeastOnce, from: 0)
    _ = script.lose(1)
    let again = script.connect(1, "s", clean: false, Self.kept).messages(to: 1)
    #expect(again.map(\.topic) == ["a"] && again.map(\.properties) == [[]])
  }

  @Test func `a client that does not read costs a bound of bytes, and what is beyond is counted`() {
    var script = Self.session(.v5, []) {
      $0.unsentBytes = 100
      $0.queuedBytes = 2_000
    }
    let payload = String(repeating: "x", count: 100)
    for number in 0..<50 {
      _ = script.publish("t", payload, qos: number % 2 == 0 ? .atMostOnce : .atLeastOnce, from: 0)
      #expect(script.state.sessions[1].queuedBytes <= 2_000)
    }
    #expect(script.state.statistics.publishesDropped > 30)
    var received = 0
    for _ in 0..<60 { received += script.sent(1).messages(to: 1).count }
    #expect(received > 5 && received + script.state.statistics.publishesDropped >= 49)
    #expect(script.state.sessions[1].queue.isEmpty)
    #expect(script.publish("t", from: 0).topics(to: 1) == ["t"])
  }

  @Test func `order is kept while a client is slow`() {
    var script = Self.session(.v5) { $0.unsentBytes = 1 }
    var said: [String] = []
    for number in 0..<20 {
      said += script.publish("t", "\(number)", qos: number % 3 == 0 ? .atMostOnce : .atLeastOnce, from: 0).payloads(
        to: 1)
      if number % 4 == 0 { said += script.sent(1).payloads(to: 1) }
    }
    for _ in 0..<30 { said += script.sent(1).payloads(to: 1) }
    #expect(said == (0..<20).map { "\($0)" })
  }

  @Test func `what is held for QoS 2 has a bound as well`() {
    var script = Script { $0.queuedBytes = 100 }
    _ = script.connect(0)
    _ = script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 1, from: 0)
    let said = script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 2, from: 0)
    #expect(said == [.packet(0, .pubrec(Acknowledgement(2, .quotaExceeded)))])
    _ = script.connect(1, "old", .v3_1_1)
    _ = script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 1, from: 1)
    #expect(script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 2, from: 1) == [.close(1)])
  }

  @Test func `a refused message leaves its number free for a new one`() {
    var script = Script { $0.queuedBytes = 100 }
    _ = script.connect(0)
    _ = script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 1, from: 0)
    _ = script.publish("t", String(repeating: "x", count: 90), qos: .exactlyOnce, id: 2, from: 0)
    _ = script.say(.pubrel(Acknowledgement(1)), from: 0)
    #expect(script.publish("t", "y", qos: .exactlyOnce, id: 2, from: 0) == [.packet(0, .pubrec(Acknowledgement(2)))])
  }

  @Test func `publishers wait for a client that reads and is behind, and not for one that does not`() {
    var script = Self.session(.v5) { $0.unsentBytes = 100 }
    script.now = second
    _ = script.sent(1)
    for _ in 0..<600 { _ = script.publish("t", from: 0) }
    var claims = [script.state.isPressed(at: script.now), script.state.isPressed(at: script.now + second / 20)]
    for _ in 0..<600 { _ = script.publish("t", from: 0) }
    _ = script.sent(1)
    _ = script.publish("t", from: 0)
    claims.append(script.state.isPressed(at: script.now))
    _ = script.lose(1)
    claims.append(script.state.isPressed(at: script.now))
    #expect(claims == [true, false, true, false] && script.state.pressed.isEmpty)
  }
}
