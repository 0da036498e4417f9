import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// What a session writes down, when, and what it is after it was rebuilt from that.
struct SessionJournalTests {
  private static let subscription = Subscription(filter: "in/#", qos: .exactlyOnce, retainAsPublished: true)
  private let kept = Configuration.script {
    $0.cleanStart = false
    $0.journal = "/nowhere"
  }

  private func message(_ qos: QoS, _ topic: String = "t") -> Message {
    Message(topic: topic, payload: ByteBuffer(string: "p"), qos: qos)
  }

  private func packet(_ qos: QoS, _ id: UInt16, dup: Bool = false, topic: String = "t") -> Publish {
    Publish(topic: topic, payload: ByteBuffer(string: "p"), qos: qos, isDuplicate: dup, packetID: id)
  }

  /// All that a session in the midst of everything has written, and the session.
  private func busy() -> (Session, [JournalEntry]) {
    var session = Session(kept, seed: 1)
    var outputs = session.perform(.reconnect, at: 0)
    outputs += session.opened(at: 0)
    outputs += session.receive(.connack(Connack()), at: 0)
    for (request, qos) in [(RequestID(1), QoS.atLeastOnce), (2, .exactlyOnce), (3, .exactlyOnce), (4, .atLeastOnce)] {
      outputs += session.perform(.publish(request, message(qos, "t\(request.rawValue)")), at: 1)
    }
    outputs += session.receive(.pubrec(Acknowledgement(2)), at: 2)
    outputs += session.receive(.puback(Acknowledgement(4)), at: 2)
    outputs += session.perform(.subscribe(5, [Self.subscription], [.subscriptionIdentifier(7)]), at: 3)
    outputs += session.receive(.suback(Suback(packetID: 5, reasonCodes: [.grantedQoS2])), at: 4)
    outputs += session.receive([packet(.exactlyOnce, 1), packet(.exactlyOnce, 2)], at: 5).outputs
    outputs += session.receive(.pubrel(Acknowledgement(1)), at: 6)
    return (session, outputs.entries)
  }

  @Test func `a step is written before the packet that follows from it`() {
    var session = Session(kept, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    #expect(session.opened(at: 0).first == .record(.began(.v5, clientID: "c")))
    #expect(session.receive(.connack(Connack()), at: 0).entries == [.began(.v5, clientID: "c")])
    let sent = session.perform(.publish(9, message(.exactlyOnce)), at: 1)
    #expect(sent.prefix(2) == [.record(.sent(9, packet(.exactlyOnce, 1))), .send(.publish(packet(.exactlyOnce, 1)))])
    let released = session.receive(.pubrec(Acknowledgement(1)), at: 2)
    #expect(released.first == .record(.released(1)))
    #expect(session.receive(.pubcomp(Acknowledgement(1)), at: 3).first == .record(.finished(1)))
    let received = session.receive([packet(.exactlyOnce, 5)], at: 4).outputs
    #expect(received == [.record(.received(5)), .send(.pubrec(Acknowledgement(5)))])
    let again = session.receive([packet(.exactlyOnce, 5, dup: true)], at: 5).outputs
    #expect(again == [.send(.pubrec(Acknowledgement(5)))])
    #expect(
      session.receive(.pubrel(Acknowledgement(5)), at: 6)
        == [.record(.handedOver(5)), .send(.pubcomp(Acknowledgement(5)))])
  }

  @Test func `QoS 0, refused messages and clean starts are not written`() {
    var session = Session.connected(kept)
    #expect(session.perform(.publish(1, message(.atMostOnce)), at: 1).entries.isEmpty)
    #expect(session.perform(.publish(1, message(.exactlyOnce, "a/#")), at: 1).entries.isEmpty)
    session = .connected(.script { $0.journal = "/nowhere" })
    #expect(session.perform(.publish(1, message(.exactlyOnce)), at: 1).entries.isEmpty)
  }

  @Test func `a session rebuilt from its journal is the one that wrote it, but for whose requests they are`() throws {
    let (old, entries) = busy()
    for journal in [entries, old.journalEntries] {
      var session = Session(kept, seed: 1)
      let found = session.restore(journal)
      #expect(
        found
          == RestoredSession(
            outgoing: 3, incoming: 1, subscriptions: [Self.subscription], lastRequest: 4, taken: 2))
      #expect(session.isHeld && session.inbound == old.inbound && session.standing == old.standing)
      #expect(session.identifiers.count == 3)
      for id in UInt16(1)...3 {
        let (mine, theirs) = (try #require(session.inFlight[id]), try #require(old.inFlight[id]))
        #expect(mine.packet == theirs.packet && mine.delivery == theirs.delivery)
        #expect(mine.request == theirs.request.ofEarlierRun && mine.request.isOfEarlierRun)
      }
    }
  }

  @Test func `after a restart the session is taken up: DUP, PUBREL, no duplicate, no second SUBSCRIBE`() {
    var session = Session(kept, seed: 1)
    _ = session.restore(busy().1)
    _ = session.perform(.reconnect, at: 0)
    #expect(session.opened(at: 0).entries.isEmpty)
    let outputs = session.receive(.connack(Connack(sessionPresent: true)), at: 1)
    #expect(
      outputs.packets == [
        .publish(packet(.atLeastOnce, 1, dup: true, topic: "t1")), .pubrel(Acknowledgement(2)),
        .publish(packet(.exactlyOnce, 3, dup: true, topic: "t3")),
      ])
    #expect(session.receive([packet(.exactlyOnce, 2, dup: true)], at: 2).delivered.isEmpty)
    #expect(session.perform(.publish(1, message(.atLeastOnce)), at: 3).packets == [.publish(packet(.atLeastOnce, 5))])
  }

  @Test func `a subscription that the broker may not have heard of is made again on a kept session`() {
    var configuration = kept
    configuration.subscriptions = [Self.subscription, Subscription(filter: "new")]
    var session = Session(configuration, seed: 1)
    _ = session.restore([.began(.v5, clientID: "c"), .subscribed(Self.subscription, [])])
    _ = session.perform(.reconnect, at: 0)
    _ = session.opened(at: 0)
    let outputs = session.receive(.connack(Connack(sessionPresent: true)), at: 1)
    var new = Subscribe(packetID: 1, subscriptions: [Subscription(filter: "new")])
    #expect(outputs.packets == [.subscribe(new)])
    new.packetID = 2
    // The connection is lost before SUBACK
    #expect(session.comeBack(Connack(sessionPresent: true), at: 2).packets == [.subscribe(new)])
  }

  @Test func `a broker that has lost the session gets nothing again, and the journal is void`() {
    var session = Session(kept, seed: 1)
    _ = session.restore(busy().1)
    _ = session.perform(.reconnect, at: 0)
    _ = session.opened(at: 0)
    let outputs = session.receive(.connack(Connack()), at: 1)
    #expect(outputs.entries == [.began(.v5, clientID: "c", lastRequest: 4)])
    #expect(outputs.steps == [.failed(.sessionLost), .failed(.sessionLost), .failed(.sessionLost)])
    let again = Subscribe(
      packetID: 1, subscriptions: [Self.subscription], properties: [.subscriptionIdentifier(7)])
    #expect(outputs.packets == [.subscribe(again)])
  }

  @Test func `a journal of another client is not ours`() {
    var session = Session(kept, seed: 1)
    #expect(session.restore([.began(.v5, clientID: "other"), .sent(1, packet(.atLeastOnce, 1)), .received(3)]) == nil)
    #expect(session.inFlight.isEmpty && session.inbound.count == 0 && session.identifiers.count == 0)
  }

  @Test func `entries in any order restore something or nothing, and never trap`() {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix(seed: seed)
    let some: [JournalEntry] = [
      .began(.v5, clientID: "c"), .ended, .released(1), .finished(1), .received(1), .handedOver(1),
      .sent(1, packet(.atLeastOnce, 1)), .sent(1, packet(.exactlyOnce, 1)), .sent(1, packet(.exactlyOnce, 2)),
      .subscribed(Self.subscription, []), .unsubscribed("in/#"), .taken(7), .began(.v5, clientID: "c", lastRequest: 9),
    ]
    for _ in 0..<500 {
      var session = Session(kept, seed: 1)
      let entries = (0..<20).compactMap { _ in some.randomElement(using: &random) }
      let found = session.restore(entries)
      #expect(session.identifiers.count == session.inFlight.count, "seed \(seed)")
      var again = Session(kept, seed: 1)
      #expect(again.restore(session.journalEntries) == found, "seed \(seed)")
    }
  }

  @Test func `messages wait between the connections of a session that is kept, in their order`() {
    var session = Session.connected(kept)
    _ = session.closed(.closed(wasAccepted: false), at: 1)
    #expect(session.perform(.publish(1, message(.atLeastOnce, "a")), at: 2).steps == [.queued(.connection)])
    #expect(session.perform(.publish(2, message(.atMostOnce)), at: 2).steps == [.failed(.notConnected)])
    if case .waiting(let until) = session.phase { _ = session.tick(at: until) }
    _ = session.opened(at: 3)
    #expect(session.perform(.publish(3, message(.exactlyOnce, "b")), at: 4).steps == [.queued(.connection)])
    let packets = session.receive(.connack(Connack(sessionPresent: true)), at: 5).packets
    #expect(packets == [.publish(packet(.atLeastOnce, 1, topic: "a")), .publish(packet(.exactlyOnce, 2, topic: "b"))])
  }

  @Test func `what waits for a connection that nobody makes any more fails`() {
    var session = Session.connected(kept)
    _ = session.closed(.closed(wasAccepted: false), at: 1)
    _ = session.perform(.publish(1, message(.atLeastOnce)), at: 2)
    #expect(session.perform(.disconnect(.success, []), at: 3).steps == [.failed(.notConnected)])
    #expect(session.perform(.publish(2, message(.atLeastOnce)), at: 4).steps == [.failed(.notConnected)])
  }
}
