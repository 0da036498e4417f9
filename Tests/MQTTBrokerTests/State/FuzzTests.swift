import FoundationEssentials
import Glibc
import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Any bytes, and any packets at any moment. `MQTTSCOPE_FUZZ_SECONDS` makes it longer, with other seeds each time.
struct FuzzTests {
  private static let seconds = getenv("MQTTSCOPE_FUZZ_SECONDS").flatMap { Int(String(cString: $0)) } ?? 0

  private func run(seed: UInt64, _ body: (inout SplitMix) -> Void) {
    let end = ContinuousClock.now + .seconds(Self.seconds)
    var random = SplitMix(seed: seed &+ (Self.seconds > 0 ? .random(in: .min ... .max) : 0))
    repeat { body(&random) } while ContinuousClock.now < end
  }

  @Test func `no order of valid packets breaks what always holds`() {
    run(seed: 11) { random in
      var script = Script {
        $0.unsentBytes = 200
        $0.queuedBytes = 1_500
        $0.queuedMessages = 20
        $0.receiveMaximum = 3
        $0.retainedMessages = 10
      }
      for _ in 0..<3_000 {
        step(&script, &random)
        check(script.state)
      }
      for place in 0..<5 { _ = script.lose(place) }
      _ = script.wait(1e6)
      for session in script.state.sessions.indices where !script.state.sessions[session].clientID.isEmpty {
        #expect(script.state.sessions[session].expiry == .max)
      }
    }
  }

  @Test func `no bytes break a broker`() {
    run(seed: 12) { random in
      for version in ProtocolVersion.allCases {
        var script = Script()
        for round in 0..<1_500 {
          let place = Int.random(in: 0..<4, using: &random)
          _ = script.lose(place)
          script.open(place)
          if round % 3 > 0 { _ = script.say(.connect(Connect(clientID: "c\(place)")), from: place, in: version) }
          var bytes = ByteBuffer()
          for _ in 0..<Int.random(in: 1...60, using: &random) {
            bytes.writeInteger(
              UInt8.random(in: .min ... .max, using: &random) & (Bool.random(using: &random) ? 0xFF : 0x3F))
          }
          _ = script.say(bytes, from: place)
          check(script.state)
        }
      }
    }
  }

  private func step(_ script: inout Script, _ random: inout SplitMix) {
    let place = Int.random(in: 0..<5, using: &random)
    let id = UInt16.random(in: 1...4, using: &random)
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    let topic = ["a", "a/b", "a/b/c", "$x/y", "/"].randomElement(using: &random) ?? "a"
    let filter =
      ["#", "a/+", "a/#", "$share/s/a/#", "$share/t/a", "a/b", "+", "$x/#"].randomElement(using: &random) ?? "#"
    let codes: [ReasonCode] = [.success, .success, .unspecifiedError]
    let code = codes.randomElement(using: &random) ?? .success
    switch Int.random(in: 0...17, using: &random) {
    case 0: connect(&script, place, &random)
    case 1: _ = script.lose(place)
    case 2, 3, 4, 5:
      let properties: Properties = Bool.random(using: &random) ? [.messageExpiryInterval(UInt32(id))] : []
      _ = script.publish(
        topic, String(repeating: "x", count: Int(id) * 30), qos: qos, retain: id == 4, id: id, properties, from: place)
    case 6, 7: _ = script.subscribe(filter, qos, asPublished: id == 1, id: id, from: place)
    case 8: _ = script.say(.unsubscribe(Unsubscribe(packetID: id, filters: [filter])), from: place)
    case 9, 10: _ = script.say(.puback(Acknowledgement(id, code)), from: place)
    case 11: _ = script.say(.pubrec(Acknowledgement(id, code)), from: place)
    case 12: _ = script.say(.pubrel(Acknowledgement(id)), from: place)
    case 13: _ = script.say(.pubcomp(Acknowledgement(id)), from: place)
    case 14: _ = script.wait(Double.random(in: 0...3, using: &random))
    case 15: _ = script.say(id == 1 ? .disconnect(Disconnect()) : .pingreq, from: place)
    default: _ = script.sent(place)
    }
  }

  private func connect(_ script: inout Script, _ place: Int, _ random: inout SplitMix) {
    let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v5
    let name = "c\(Int.random(in: 0..<6, using: &random))"
    let expiry: UInt32 = [0, 2, 10].randomElement(using: &random) ?? 0
    let properties: Properties =
      version == .v5
      ? [.sessionExpiryInterval(expiry), .receiveMaximum(2), .topicAliasMaximum(2), .maximumPacketSize(100)] : []
    let will = Will(topic: "a/will", payload: ByteBuffer(), qos: .atLeastOnce, isRetained: Bool.random(using: &random))
    _ = script.lose(place)
    _ = script.connect(
      place, name, version, clean: Bool.random(using: &random), keepAlive: 5,
      will: Bool.random(using: &random) ? will : nil,
      properties)
  }

  /// What holds after every step.
  private func check(_ state: BrokerState) {
    for (place, connection) in state.connections.enumerated() where connection.session >= 0 {
      #expect(state.sessions[connection.session].connection == place)
      #expect(connection.phase == .connected && (0...connection.receiveMaximum).contains(connection.quota))
      #expect(connection.aliases.count <= Int(connection.topicAliasMaximum))
    }
    var count = 0
    for (place, session) in state.sessions.enumerated() where !session.clientID.isEmpty {
      #expect(state.sessionByClient[session.clientID] == place)
      #expect(session.connection < 0 || state.connections[session.connection].session == place)
      #expect(session.identifiers.count == session.inFlight.count)
      let queued = session.queue.reduce(0) { $0 + $1.size }
      let flying = session.inFlight.values.reduce(0) { $0 + $1.size }
      let held = session.unreleased.values.reduce(0) { $0 + $1.message.size }
      #expect(session.kept == queued + flying + held)
      #expect(session.kept <= max(state.limits.queuedBytes * 2, 2_000))
      count += session.subscriptions.count
    }
    #expect(
      state.subscriptions.count == count && state.sessionByClient.count == state.sessions.count { !$0.clientID.isEmpty }
    )
    #expect(state.retained.count <= state.limits.retainedMessages)
  }
}
