import MQTT
import NIOCore
import Testing

@testable import MQTTClient

struct SessionResumeTests {
  private static let persistent = Configuration.script { $0.cleanStart = false }

  /// Three deliveries under way: QoS 1, QoS 2 after PUBREC, QoS 2 before it.
  private func session(_ configuration: Configuration = persistent) -> Session {
    var session = Session.connected(configuration)
    for (request, qos) in [(RequestID(1), QoS.atLeastOnce), (2, .exactlyOnce), (3, .exactlyOnce)] {
      _ = session.perform(.publish(request, Message(topic: "t\(request.rawValue)", qos: qos)), at: 1)
    }
    _ = session.receive(.pubrec(Acknowledgement(2)), at: 2)
    return session
  }

  private func again(_ id: UInt16, _ qos: QoS, topic: String? = nil) -> Packet {
    .publish(Publish(topic: topic ?? "t\(id)", qos: qos, isDuplicate: true, packetID: id))
  }

  @Test(arguments: [
    (true, true, true, Resumption.contradiction), (true, true, false, .contradiction), (false, true, true, .begin),
    (false, false, true, .begin), (false, false, false, .begin), (true, false, false, .stranger),
    (true, false, true, .resume),
  ]) func `session present against what we asked and hold`(present: Bool, clean: Bool, held: Bool, result: Resumption) {
    let found = Resumption(sessionPresent: present, cleanStart: clean, isHeld: held, refusesUnknown: true)
    #expect(found == result)
    let joined = Resumption(sessionPresent: present, cleanStart: clean, isHeld: held, refusesUnknown: false)
    #expect(joined == (result == .stranger ? .join : result))
  }

  @Test func `a kept session takes up deliveries in order, with DUP, and PUBREL where PUBREC was had`() {
    var session = session()
    let outputs = session.comeBack(Connack(sessionPresent: true), at: 10)
    #expect(
      outputs.packets == [again(1, .atLeastOnce), .pubrel(Acknowledgement(2)), again(3, .exactlyOnce)])
    #expect(session.receive(.puback(Acknowledgement(1)), at: 11).steps == [.acknowledged(.success, [])])
    #expect(session.receive(.pubcomp(Acknowledgement(2)), at: 11).steps == [.completed(.success, [])])
    #expect(session.link.quota == 65_534)
  }

  @Test func `a PUBREL sent again that the broker does not know is a delivery that was completed, and else a mismatch`()
  {
    let unknown = Packet.pubcomp(Acknowledgement(2, .packetIdentifierNotFound))
    var session = session()
    _ = session.comeBack(Connack(sessionPresent: true), at: 10)
    #expect(session.receive(unknown, at: 11).steps == [.completed(.success, [])])
    session = self.session()
    #expect(session.receive(unknown, at: 11).steps == [.completed(.packetIdentifierNotFound, [])])
    _ = session.comeBack(Connack(sessionPresent: true), at: 12)
    _ = session.receive(.pubrec(Acknowledgement(3)), at: 13)
    let other = Packet.pubcomp(Acknowledgement(3, .packetIdentifierNotFound))
    #expect(session.receive(other, at: 14).steps == [.completed(.packetIdentifierNotFound, [])])
  }

  @Test func `sending again keeps to the receive maximum of the new connection`() {
    var session = session()
    let connack = Connack(sessionPresent: true, properties: [.receiveMaximum(1)])
    #expect(session.comeBack(connack, at: 10).packets == [again(1, .atLeastOnce), .pubrel(Acknowledgement(2))])
    #expect(session.perform(.publish(4, Message(topic: "x", qos: .atLeastOnce)), at: 11).packets.isEmpty)
    #expect(session.receive(.puback(Acknowledgement(1)), at: 12).packets == [again(3, .exactlyOnce)])
    _ = session.receive(.pubrec(Acknowledgement(3)), at: 13)
    let last = session.receive(.pubcomp(Acknowledgement(3)), at: 14).packets
    #expect(last == [.publish(Publish(topic: "x", qos: .atLeastOnce, packetID: 4))])
  }

  @Test func `what waited for an earlier connection keeps to the limits and aliases of the new one`() {
    let properties: Properties = [.receiveMaximum(1), .topicAliasMaximum(1)]
    var session = Session.connected(Self.persistent, Connack(properties: properties))
    _ = session.perform(.publish(1, Message(topic: "t", qos: .atLeastOnce, properties: [.topicAlias(1)])), at: 1)
    let waiting = [
      Message(topic: "r", qos: .atLeastOnce, isRetained: true), Message(topic: "q", qos: .exactlyOnce),
      Message(topic: "", qos: .atLeastOnce, properties: [.topicAlias(1)]),
      Message(topic: "s", payload: ByteBuffer(repeating: 0, count: 50), qos: .atLeastOnce),
    ]
    for (number, message) in waiting.enumerated() {
      _ = session.perform(.publish(RequestID(rawValue: UInt64(number) + 2), message), at: 1)
    }
    let limits: Properties = [
      .maximumQoS(.atLeastOnce), .retainAvailable(false), .maximumPacketSize(40), .topicAliasMaximum(1),
    ]
    let outputs = session.comeBack(Connack(sessionPresent: true, properties: limits), at: 10)
    #expect(outputs.packets == [again(1, .atLeastOnce, topic: "t")])
    #expect(
      outputs.steps.dropFirst() == [
        .failed(.retainNotAvailable), .failed(.maximumQoS(.atLeastOnce)), .failed(.unknownTopicAlias(1)),
        .failed(.unsendable(.packetTooLarge(size: 58, maximum: 40))),
      ])
    #expect(session.inFlight.count == 1)
  }

  @Test func `a broker that forgot the session gets nothing again, and the requests fail`() {
    var session = session()
    let outputs = session.comeBack(Connack(), at: 10)
    #expect(outputs.packets.isEmpty)
    #expect(outputs.steps == [.failed(.sessionLost), .failed(.sessionLost), .failed(.sessionLost)])
    #expect(session.identifiers.count == 0 && session.inFlight.isEmpty)
  }

  @Test func `with a clean start deliveries fail as soon as the connection is lost`() {
    var session = session(.script())
    let outputs = session.closed(.closed(wasAccepted: false), at: 5)
    #expect(outputs.steps == [.failed(.connectionLost), .failed(.connectionLost), .failed(.connectionLost)])
    #expect(outputs.disconnection?.reason == .closed(wasAccepted: true))
  }

  @Test func `without resending only PUBREL is taken up, and identifiers are not used again`() {
    var session = session(.script { ($0.cleanStart, $0.resending) = (false, .never) })
    let outputs = session.comeBack(Connack(sessionPresent: true), at: 10)
    #expect(outputs.packets == [.pubrel(Acknowledgement(2))])
    #expect(outputs.steps == [.failed(.connectionLost), .released, .failed(.connectionLost)])
    #expect(session.identifiers.take(for: .publish) == 4)
  }

  @Test func `inbound deliveries of QoS 2 outlive the connection`() {
    var session = session()
    _ = session.receive([Publish(topic: "in", qos: .exactlyOnce, packetID: 5)])
    _ = session.comeBack(Connack(sessionPresent: true), at: 10)
    let duplicate = Publish(topic: "in", qos: .exactlyOnce, isDuplicate: true, packetID: 5)
    #expect(session.receive([duplicate]).delivered.isEmpty)
    #expect(session.receive(.pubrel(Acknowledgement(5)), at: 11) == [.send(.pubcomp(Acknowledgement(5)))])
  }

  @Test func `a message is sent again with its topic, not with the alias of the old connection`() {
    var session = Session.connected(Self.persistent, Connack(properties: [.topicAliasMaximum(1)]))
    _ = session.perform(.publish(1, Message(topic: "long", qos: .atMostOnce, properties: [.topicAlias(1)])), at: 1)
    _ = session.perform(.publish(2, Message(topic: "", qos: .atLeastOnce, properties: [.topicAlias(1)])), at: 1)
    let packets = session.comeBack(Connack(sessionPresent: true), at: 10).packets
    #expect(packets == [.publish(Publish(topic: "long", qos: .atLeastOnce, isDuplicate: true, packetID: 1))])
  }

  @Test func `subscriptions are made again on a new session and not on a kept one`() {
    var session = Session.connected(
      .script {
        $0.cleanStart = false
        $0.subscriptions = [Subscription(filter: "a")]
      })
    _ = session.receive(.suback(Suback(packetID: 1, reasonCodes: [.success])), at: 1)
    _ = session.perform(.subscribe(1, [Subscription(filter: "b"), Subscription(filter: "c")], []), at: 2)
    _ = session.receive(.suback(Suback(packetID: 2, reasonCodes: [.success, .notAuthorized])), at: 3)
    #expect(session.comeBack(Connack(sessionPresent: true), at: 10).packets.isEmpty)
    let both = [Subscription(filter: "a"), Subscription(filter: "b")]
    #expect(
      session.comeBack(Connack(), at: 20).packets == [.subscribe(Subscribe(packetID: 1, subscriptions: both))])
  }
}
