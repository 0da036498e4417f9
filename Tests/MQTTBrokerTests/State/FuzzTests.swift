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
        script.step(&random)
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
