import MQTT
import Testing

@testable import MQTTClient

/// Messages that are acknowledged when the owner is done with them, and not when they come.
struct SessionTakeTests {
  private let kept = Configuration.script {
    $0.cleanStart = false
    $0.journal = "/nowhere"
    $0.acknowledgesWhenTaken = true
  }

  private func packet(_ qos: QoS, _ id: UInt16, dup: Bool = false) -> Publish {
    Publish(topic: "t", qos: qos, isDuplicate: dup, packetID: id)
  }

  private func acknowledged(_ qos: QoS, _ id: UInt16) -> Packet {
    qos == .atLeastOnce ? .puback(Acknowledgement(id)) : .pubrec(Acknowledgement(id))
  }

  @Test func `nothing is acknowledged or written before the owner says so, and then in order`() {
    var session = Session.connected(kept)
    let came = session.receive([
      packet(.atLeastOnce, 3), packet(.atMostOnce, 0), packet(.exactlyOnce, 1), packet(.atLeastOnce, 2),
      packet(.atLeastOnce, 4),
    ])
    #expect(came.delivered.count == 5 && came.outputs.isEmpty)
    #expect(session.perform(.taken(1), at: 1) == [.acknowledge([3])])
    let rest = session.perform(.taken(3), at: 1)
    #expect(
      rest == [.record(.received(1)), .send(.pubrec(Acknowledgement(1))), .acknowledge([2, 4])])
    #expect(session.perform(.taken(1_000), at: 1).isEmpty && session.perform(.taken(-1), at: 1).isEmpty)
  }

  @Test func `what comes again before the owner is done is one message, and acknowledged where it came last`() {
    var session = Session.connected(kept)
    _ = session.receive([packet(.exactlyOnce, 1), packet(.exactlyOnce, 2), packet(.atLeastOnce, 3)])
    #expect(session.receive([packet(.exactlyOnce, 1, dup: true)]).delivered.isEmpty)
    _ = session.comeBack(Connack(sessionPresent: true), at: second)
    let again = session.receive([packet(.exactlyOnce, 1, dup: true), packet(.atLeastOnce, 3, dup: true)])
    #expect(again.outputs.isEmpty && again.delivered.map(\.packetID) == [3])
    #expect(
      session.perform(.taken(4), at: second) == [
        .record(.received(1)), .send(.pubrec(Acknowledgement(1))), .record(.received(2)), .acknowledge([3]),
      ])
    // The second comes after all, and the owner has had it
    let late = session.receive([packet(.exactlyOnce, 2, dup: true)])
    #expect(late.delivered.isEmpty && late.outputs == [.send(.pubrec(Acknowledgement(2)))])
  }

  @Test(arguments: [true, false])
  func `a message that was one too many is delivered when it comes again`(waits: Bool) {
    var configuration = kept
    configuration.acknowledgesWhenTaken = waits
    configuration.properties = [.receiveMaximum(1)]
    var session = Session.connected(configuration)
    let came = session.receive([packet(.exactlyOnce, 1), packet(.exactlyOnce, 2)])
    #expect(came.delivered.map(\.packetID) == [1])
    #expect(came.outputs.packets.last == .disconnect(Disconnect(.receiveMaximumExceeded)))
    _ = session.comeBack(Connack(sessionPresent: true), at: second)
    #expect(session.receive([packet(.exactlyOnce, 2, dup: true)]).delivered.map(\.packetID) == [2])
  }

  @Test func `without a connection it is written and not sent`() {
    var session = Session.connected(kept)
    _ = session.receive([packet(.exactlyOnce, 1), packet(.atLeastOnce, 2)])
    _ = session.closed(.closed(wasAccepted: false), at: 1)
    #expect(session.perform(.taken(2), at: 1) == [.record(.received(1))])
  }

  @Test func `a message of a session that the broker has lost is counted and means nothing`() {
    var session = Session.connected(kept)
    _ = session.receive([packet(.exactlyOnce, 1)])
    _ = session.comeBack(Connack(sessionPresent: false), at: second)
    #expect(session.receive([packet(.exactlyOnce, 1)]).delivered.count == 1)
    #expect(session.perform(.taken(1), at: second) == [.record(.taken(1))])
    #expect(session.perform(.taken(1), at: second) == [.record(.received(1)), .send(.pubrec(Acknowledgement(1)))])
  }

  @Test func `a broker that releases what it was not told about gets its PUBCOMP, and the identifier is free`() {
    var session = Session.connected(kept)
    _ = session.receive([packet(.exactlyOnce, 1)])
    #expect(session.receive(.pubrel(Acknowledgement(1)), at: 1).packets == [.pubcomp(Acknowledgement(1))])
    #expect(session.perform(.taken(1), at: 1) == [.record(.taken(1))])
    #expect(session.receive([packet(.exactlyOnce, 1)]).delivered.count == 1)
  }

  @Test func `a message that was not taken is no part of the journal, and comes anew after a restart`() {
    var session = Session.connected(kept)
    _ = session.receive([packet(.exactlyOnce, 1), packet(.exactlyOnce, 2)])
    _ = session.perform(.taken(1), at: 1)
    #expect(session.journalEntries == [.began(.v5, clientID: "c"), .received(1), .taken(1)])
    var next = Session(kept, seed: 1)
    #expect(next.restore(session.journalEntries)?.taken == 1)
    _ = next.perform(.reconnect, at: 2)
    _ = next.opened(at: 2)
    _ = next.receive(.connack(Connack(sessionPresent: true)), at: 2)
    let again = next.receive([packet(.exactlyOnce, 1, dup: true), packet(.exactlyOnce, 2, dup: true)])
    #expect(again.delivered.map(\.packetID) == [2] && again.outputs == [.send(.pubrec(Acknowledgement(1)))])
  }

  @Test func `the last request outlives its delivery, and those of earlier runs do not count`() {
    var session = Session.connected(kept)
    for request in 1...3 {
      _ = session.perform(.publish(RequestID(rawValue: UInt64(request)), Message(topic: "t", qos: .atLeastOnce)), at: 1)
    }
    _ = session.receive(.puback(Acknowledgement(3)), at: 2)
    var next = Session(kept, seed: 1)
    #expect(next.restore(session.journalEntries)?.lastRequest == 3)
    var third = Session(kept, seed: 1)
    #expect(third.restore(next.journalEntries)?.lastRequest == 3)
    _ = third.perform(.reconnect, at: 2)
    _ = third.opened(at: 2)
    #expect(third.receive(.connack(Connack()), at: 2).entries == [.began(.v5, clientID: "c", lastRequest: 3)])
  }
}
