import MQTT
import NIOCore
import Testing

@testable import MQTTClient

struct SessionPublishTests {
  private func publish(_ qos: QoS, _ id: RequestID = 1, _ change: (inout Message) -> Void = { _ in }) -> Request {
    var message = Message(topic: "t", payload: ByteBuffer(string: "p"), qos: qos)
    change(&message)
    return .publish(id, message)
  }

  private func packet(_ qos: QoS, _ id: UInt16, dup: Bool = false) -> Packet {
    .publish(Publish(topic: "t", payload: ByteBuffer(string: "p"), qos: qos, isDuplicate: dup, packetID: id))
  }

  @Test func `QoS 0 is sent and forgotten`() {
    var session = Session.connected()
    let outputs = session.perform(publish(.atMostOnce), at: 5)
    #expect(outputs.packets == [packet(.atMostOnce, 0)])
    #expect(outputs.events == [.delivery(1, .sent(packetID: 0, isDuplicate: false), at: 5)])
    #expect(session.inFlight.isEmpty)
  }

  @Test func `QoS 1 ends with PUBACK and its code`() {
    var session = Session.connected()
    #expect(session.perform(publish(.atLeastOnce), at: 5).packets == [packet(.atLeastOnce, 1)])
    let puback = Acknowledgement(1, .noMatchingSubscribers, properties: [.reasonString("none")])
    #expect(
      session.receive(.puback(puback), at: 6) == [
        .post(.delivery(1, .acknowledged(.noMatchingSubscribers, [.reasonString("none")]), at: 6))
      ])
    #expect(session.inFlight.isEmpty && session.identifiers.count == 0)
  }

  @Test func `QoS 2 goes by PUBREC, PUBREL and PUBCOMP`() {
    var session = Session.connected()
    #expect(session.perform(publish(.exactlyOnce), at: 5).packets == [packet(.exactlyOnce, 1)])
    #expect(
      session.receive(.pubrec(Acknowledgement(1)), at: 6) == [
        .post(.delivery(1, .received(.success, []), at: 6)), .send(.pubrel(Acknowledgement(1))),
        .post(.delivery(1, .released, at: 6)),
      ])
    #expect(
      session.receive(.pubcomp(Acknowledgement(1)), at: 7) == [.post(.delivery(1, .completed(.success, []), at: 7))])
    #expect(session.inFlight.isEmpty && session.identifiers.count == 0)
  }

  @Test func `a PUBREC with an error ends QoS 2 without PUBREL`() {
    var session = Session.connected()
    _ = session.perform(publish(.exactlyOnce), at: 5)
    #expect(
      session.receive(.pubrec(Acknowledgement(1, .notAuthorized)), at: 6) == [
        .post(.delivery(1, .received(.notAuthorized, []), at: 6))
      ])
    #expect(session.inFlight.isEmpty && session.link.quota == 65_535)
  }

  @Test func `acknowledgements of nothing are ignored, but PUBREC is answered`() {
    var session = Session.connected()
    #expect(session.receive(.puback(Acknowledgement(9)), at: 1).isEmpty)
    #expect(session.receive(.pubcomp(Acknowledgement(9)), at: 1).isEmpty)
    #expect(
      session.receive(.pubrec(Acknowledgement(9)), at: 1) == [
        .send(.pubrel(Acknowledgement(9, .packetIdentifierNotFound)))
      ])
    #expect(session.receive(.pubrec(Acknowledgement(9, .quotaExceeded)), at: 1).isEmpty)
    var older = Session.connected(.script(.v3_1_1))
    #expect(older.receive(.pubrec(Acknowledgement(9)), at: 1) == [.send(.pubrel(Acknowledgement(9)))])
  }

  @Test func `an acknowledgement of another QoS breaks the protocol`() {
    var session = Session.connected()
    _ = session.perform(publish(.atLeastOnce), at: 5)
    #expect(session.receive(.pubrec(Acknowledgement(1)), at: 6).packets == [.disconnect(Disconnect(.protocolError))])
  }

  @Test func `the broker's receive maximum holds QoS 1 and 2, and only those`() {
    var session = Session.connected(.script(), Connack(properties: [.receiveMaximum(2)]))
    _ = session.perform(publish(.atLeastOnce, 1), at: 1)
    _ = session.perform(publish(.exactlyOnce, 2), at: 1)
    let waiting = DeliveryStep.queued(.receiveMaximum(2))
    #expect(session.perform(publish(.atLeastOnce, 3), at: 1) == [.post(.delivery(3, waiting, at: 1))])
    #expect(session.perform(publish(.atLeastOnce, 4), at: 1).packets.isEmpty)
    #expect(session.perform(publish(.atMostOnce, 5), at: 1).packets == [packet(.atMostOnce, 0)])
    #expect(session.receive(.puback(Acknowledgement(1)), at: 2).packets == [packet(.atLeastOnce, 3)])
    #expect(session.receive(.pubrec(Acknowledgement(2)), at: 3).packets == [.pubrel(Acknowledgement(2))])
    #expect(session.receive(.pubcomp(Acknowledgement(2)), at: 4).packets == [packet(.atLeastOnce, 4)])
  }

  @Test func `3_1_1 cannot state a receive maximum, and gets no more than a common broker takes`() {
    var session = Session.connected(.script(.v3_1_1) { $0.olderReceiveMaximum = 2 })
    for request in UInt64(1)...2 {
      #expect(session.perform(publish(.exactlyOnce, RequestID(rawValue: request)), at: 1).packets.count == 1)
    }
    #expect(session.perform(publish(.exactlyOnce, 3), at: 1).steps == [.queued(.receiveMaximum(2))])
    #expect(Configuration.script().olderReceiveMaximum == 20)
  }

  @Test func `limits that CONNACK states become errors of the request`() {
    let limits: Properties = [.maximumQoS(.atLeastOnce), .retainAvailable(false), .maximumPacketSize(20)]
    var session = Session.connected(.script(), Connack(properties: limits))
    #expect(session.perform(publish(.exactlyOnce), at: 1).steps == [.failed(.maximumQoS(.atLeastOnce))])
    let retained = publish(.atMostOnce) { $0.isRetained = true }
    #expect(session.perform(retained, at: 1).steps == [.failed(.retainNotAvailable)])
    let large = publish(.atLeastOnce) { $0.payload = ByteBuffer(repeating: 0, count: 20) }
    #expect(
      session.perform(large, at: 1).steps == [.failed(.unsendable(.packetTooLarge(size: 28, maximum: 20)))])
    #expect(session.identifiers.count == 0 && session.phase == .connected)
  }

  @Test func `a topic with a wildcard is an error of the request`() {
    var session = Session.connected()
    let steps = session.perform(publish(.atMostOnce) { $0.topic = "a/#" }, at: 1).steps
    guard case .failed(.unsendable(.topic("a/#", _)))? = steps.first else {
      Issue.record("\(steps)")
      return
    }
  }

  @Test func `a topic alias is refused above the broker's maximum and before it stands for a topic`() {
    var session = Session.connected(.script(), Connack(properties: [.topicAliasMaximum(2)]))
    let above = publish(.atMostOnce) { $0.properties = [.topicAlias(3)] }
    #expect(session.perform(above, at: 1).steps == [.failed(.topicAlias(3, maximum: 2))])
    let alone = publish(.atMostOnce) {
      $0.topic = ""
      $0.properties = [.topicAlias(2)]
    }
    #expect(session.perform(alone, at: 1).steps == [.failed(.unknownTopicAlias(2))])
    _ = session.perform(publish(.atMostOnce) { $0.properties = [.topicAlias(2)] }, at: 1)
    #expect(session.perform(alone, at: 1).steps == [.sent(packetID: 0, isDuplicate: false)])
  }

  @Test func `nothing is published without a connection`() {
    var session = Session.asking()
    #expect(session.perform(publish(.atLeastOnce), at: 1).steps == [.failed(.notConnected)])
  }

  @Test func `a slow network makes messages wait, in order`() {
    var session = Session.connected()
    #expect(session.writable(false, at: 1).isEmpty)
    #expect(session.perform(publish(.atMostOnce, 1), at: 1).steps == [.queued(.network)])
    #expect(session.perform(publish(.atLeastOnce, 2), at: 1).steps == [.queued(.network)])
    #expect(session.writable(true, at: 2).packets == [packet(.atMostOnce, 0), packet(.atLeastOnce, 1)])
  }

  @Test func `when all identifiers are in use messages wait, and subscriptions still go`() {
    var session = Session.connected()
    while session.identifiers.hasFree(for: .publish) { _ = session.identifiers.take(for: .publish) }
    #expect(session.perform(publish(.atLeastOnce), at: 1).steps == [.queued(.packetIdentifiers)])
    #expect(session.perform(.subscribe(2, [Subscription(filter: "a")], []), at: 1).packets.count == 1)
  }
}
