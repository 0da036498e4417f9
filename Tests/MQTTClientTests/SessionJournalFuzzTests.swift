import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// Whatever happens, the journal says what the session is: a program killed at any moment loses nothing of it.
struct SessionJournalFuzzTests {
  @Test(arguments: ProtocolVersion.allCases)
  func `at any moment the journal says what the session is`(version: ProtocolVersion) {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let configuration = Configuration.script(version) {
        $0.cleanStart = false
        $0.journal = "/nowhere"
        $0.duelLimit = nil
        $0.properties = [.sessionExpiryInterval(60)]
        $0.subscriptions = [Subscription(filter: "a")]
        $0.acknowledgesWhenTaken = Bool.random(using: &random)
      }
      var session = Session(configuration, seed: random.next())
      var journal: [JournalEntry] = []
      var now: Int64 = 0
      for _ in 0..<150 {
        now += Int64.random(in: 0...second, using: &random)
        journal += step(&session, at: now, using: &random).entries
        var restored = Session(configuration, seed: 0)
        _ = restored.restore(journal)
        #expect(restored.isSame(as: session), "seed \(seed)")
        guard Int.random(in: 0..<20, using: &random) == 0 else { continue }
        // Killed, and started again
        journal = restored.journalEntries
        session = restored
      }
    }
  }

  private func step(_ session: inout Session, at now: Int64, using random: inout SplitMix) -> [Session.Output] {
    let id = UInt16.random(in: 1...5, using: &random)
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    let code = Bool.random(using: &random) ? ReasonCode.success : .quotaExceeded
    switch Int.random(in: 0...16, using: &random) {
    case 0: return session.perform(.reconnect, at: now)
    case 1: return session.perform(.disconnect(.success, []), at: now)
    case 2, 3: return session.opened(at: now)
    case 4, 5:
      let isPresent = Int.random(in: 0..<4, using: &random) > 0
      return session.receive(.connack(Connack(sessionPresent: isPresent)), at: now)
    case 6, 7:
      let message = Publish(topic: "t", qos: qos, packetID: qos == .atMostOnce ? 0 : id)
      return session.receive([message], at: now).outputs
    case 8, 9: return session.perform(.publish(1, Message(topic: "t", qos: qos)), at: now)
    case 10:
      let isEnd = Bool.random(using: &random)
      let request = isEnd ? Request.unsubscribe(2, ["b"], []) : .subscribe(2, [Subscription(filter: "b", qos: qos)], [])
      return session.perform(request, at: now)
    case 11: return session.receive(.pubrel(Acknowledgement(id)), at: now)
    case 12:
      let isSubscribe = if case .subscribe? = session.pending[id] { true } else { false }
      return isSubscribe
        ? session.receive(.suback(Suback(packetID: id, reasonCodes: [code])), at: now)
        : session.receive(.unsuback(Unsuback(packetID: id, reasonCodes: [code])), at: now)
    case 13:
      // What fits, so that the connection does not end at once
      switch session.inFlight[id]?.delivery {
      case .awaitingPuback: return session.receive(.puback(Acknowledgement(id, code)), at: now)
      case .awaitingPubrec: return session.receive(.pubrec(Acknowledgement(id, code)), at: now)
      case .awaitingPubcomp: return session.receive(.pubcomp(Acknowledgement(id)), at: now)
      case nil: return session.receive(.pubrec(Acknowledgement(id)), at: now)
      }
    case 14: return session.tick(at: now)
    case 15: return session.perform(.taken(Int.random(in: 0...3, using: &random)), at: now)
    default: return session.closed(.closed(wasAccepted: false), at: now)
    }
  }
}

extension Session {
  /// Whether another holds the same, but for what ends with the program: whose requests they are, and marks of the link.
  fileprivate func isSame(as other: Session) -> Bool {
    inFlight.count == other.inFlight.count && taken == other.taken && lastRequest == other.lastRequest
      && inbound.identifiers == other.inbound.identifiers.filter { !other.untaken.contains($0) }
      && Set(standing.map(\.subscription.filter))
        == Set(other.standing.map(\.subscription.filter))
      && other.inFlight.allSatisfy { id, entry in
        guard let mine = inFlight[id], mine.delivery == entry.delivery else { return false }
        return mine.packet.topic == entry.packet.topic && mine.packet.payload == entry.packet.payload
      }
  }
}
