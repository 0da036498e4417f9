import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Time goes on while there is no broker: sessions, messages and wills.
struct RestoredTimeTests {
  private static let will = Will(topic: "will", payload: ByteBuffer(string: "gone"), qos: .atLeastOnce)

  /// A broker that is killed and away for so many seconds.
  private func crash(_ script: inout Script, away seconds: Int64 = 0) {
    script.crash(away: seconds)
    _ = script.wait(0)
  }

  @Test(arguments: [true, false]) func `a session ends by its time, whether its client was there or not`(
    isConnected: Bool
  ) {
    for (seconds, isPresent) in [(59, true), (60, false)] as [(Int64, Bool)] {
      var script = Script(isKeeping: true)
      _ = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)])
      if !isConnected { _ = script.lose(1) }
      crash(&script, away: seconds)
      let said = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)])
      #expect(said.connack(to: 1)?.sessionPresent == isPresent)
    }
  }

  @Test func `a session of 3.1.1 has no end, and a clean one does not outlive the broker`() {
    var script = Script(isKeeping: true)
    _ = script.connect(1, "s", .v3_1_1, clean: false)
    _ = script.connect(2, "t", .v3_1_1)
    crash(&script, away: 10_000_000)
    #expect(script.connect(1, "s", .v3_1_1, clean: false).connack(to: 1)?.sessionPresent == true)
    #expect(script.connect(2, "t", .v3_1_1, clean: false).connack(to: 2)?.sessionPresent == false)
  }

  @Test func `a session that was to end with its connection ends with the broker, whatever it was before`() {
    var script = Script(isKeeping: true)
    _ = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)])
    _ = script.subscribe("#", from: 1)
    _ = script.lose(1)
    _ = script.connect(0)
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    _ = script.connect(1, "s", clean: false, [])
    crash(&script)
    #expect(script.connect(1, "s", clean: false, []).connack(to: 1)?.sessionPresent == false)
    #expect(script.state.subscriptions.count == 0)
  }

  @Test func `a message that waits expires while there is no broker`() {
    var script = Script(isKeeping: true)
    _ = script.connect(0)
    _ = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)])
    _ = script.subscribe("#", from: 1)
    _ = script.lose(1)
    for seconds in [UInt32(5), 20] {
      _ = script.publish("t", "\(seconds)", qos: .atLeastOnce, [.messageExpiryInterval(seconds)], from: 0)
    }
    crash(&script, away: 10)
    let said = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)])
    #expect(said.payloads(to: 1) == ["20"] && said.messages(to: 1).first?.properties.messageExpiryInterval == 10)
  }

  @Test(arguments: ProtocolVersion.allCases) func `the will of who was connected is published by the next broker`(
    version: ProtocolVersion
  ) {
    for isClean in [true, false] {
      var script = Script(isKeeping: true)
      _ = script.connect(9, "w", version, clean: false, version == .v5 ? [.sessionExpiryInterval(.max)] : [])
      _ = script.subscribe("will", .atLeastOnce, from: 9)
      let properties: Properties = version == .v5 && !isClean ? [.sessionExpiryInterval(60)] : []
      _ = script.connect(1, "s", version, clean: isClean, will: Self.will, properties)
      crash(&script)
      let said = script.connect(9, "w", version, clean: false, version == .v5 ? [.sessionExpiryInterval(.max)] : [])
      #expect(said.payloads(to: 9) == ["gone"])
      crash(&script)
      #expect(script.state.sessions.allSatisfy { $0.pendingWill == nil }, "once")
    }
  }

  @Test func `the delay of a will goes on, and whoever comes back in time has none`() {
    for (comesBack, wills) in [(true, []), (false, ["gone"])] {
      var script = Script(isKeeping: true)
      var will = Self.will
      will.properties = [.willDelayInterval(30)]
      _ = script.connect(1, "s", clean: false, will: will, [.sessionExpiryInterval(60)])
      crash(&script, away: 20)
      _ = script.connect(9)
      _ = script.subscribe("will", from: 9)
      if comesBack { _ = script.connect(1, "s", clean: false, [.sessionExpiryInterval(60)]) }
      #expect(script.wait(9).payloads(to: 9) == [])
      #expect(script.wait(1).payloads(to: 9) == wills)
    }
  }

  @Test func `a will that was deleted by a goodbye stays deleted`() {
    var script = Script(isKeeping: true)
    _ = script.connect(1, "s", will: Self.will)
    _ = script.say(.disconnect(Disconnect()), from: 1)
    crash(&script)
    #expect(script.state.sessionByClient.isEmpty)
  }
}
