import MQTT
import Testing

@testable import MQTTClient

struct ProtocolChoiceTests {
  private let automatic = Configuration.script { $0.protocolChoice = .automatic }

  @Test func `a broker that refuses 5_0 is asked again in 3_1_1 at once, and it is said`() {
    var session = Session.asking(automatic)
    _ = session.receive(.connack(Connack(reasonCode: .unsupportedProtocolVersion)), at: 1)
    let why = Disconnection.Reason.refused(.unsupportedProtocolVersion, [])
    #expect(
      session.closed(.closed(wasAccepted: false), at: 2) == [
        .post(.fellBack(from: .v5, to: .v3_1_1, why: why)),
        .post(.connecting(attempt: 1, version: .v3_1_1, endpoint: automatic.endpoint)), .open(.v3_1_1),
      ])
  }

  @Test func `a close without CONNACK is a refusal of 5_0`() {
    var session = Session.asking(automatic)
    let outputs = session.closed(.closed(wasAccepted: false), at: 2)
    #expect(outputs.contains(.open(.v3_1_1)))
  }

  @Test func `a broker that closes on both versions is asked in 5_0 again later`() throws {
    var session = Session.asking(automatic)
    _ = session.closed(.closed(wasAccepted: false), at: 1)
    _ = session.opened(at: 2)
    let end = try #require(session.closed(.closed(wasAccepted: false), at: 3).disconnection)
    #expect(end.reason == .closed(wasAccepted: false))
    let retry = try #require(end.retryIn)
    #expect(session.tick(at: 3 + retry).contains(.open(.v5)))
  }

  @Test func `a broker that has spoken 5_0 is not taken for an old one when it restarts`() {
    var session = Session.connected(automatic)
    _ = session.closed(.closed(wasAccepted: false), at: 1)
    _ = session.perform(.reconnect, at: 2)
    _ = session.opened(at: 3)
    let outputs = session.closed(.closed(wasAccepted: false), at: 4)
    #expect(outputs.disconnection?.reason == .closed(wasAccepted: false))
    #expect(session.version == .v5)
  }

  @Test func `other failures do not change the version`() {
    var session = Session(automatic, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    #expect(session.closed(.connectionRefused, at: 1).disconnection?.reason == .connectionRefused)
    #expect(session.version == .v5)
  }

  @Test func `without a choice there is no other version`() {
    var session = Session.asking(.script(.v5))
    _ = session.receive(.connack(Connack(reasonCode: .unsupportedProtocolVersion)), at: 1)
    #expect(session.closed(.closed(wasAccepted: false), at: 2).disconnection?.retryIn == nil)
    #expect(session.phase == .stopped)
  }
}
