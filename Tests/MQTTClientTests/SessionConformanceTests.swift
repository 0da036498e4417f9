import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// What the standard demands of the flow of packets and no other suite asks for by the way, in both versions.
struct SessionConformanceTests {
  private func message(_ qos: QoS, _ id: UInt16 = 0, dup: Bool = false, topic: String = "t") -> Publish {
    Publish(topic: topic, qos: qos, isDuplicate: dup, packetID: id)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `between CONNECT and CONNACK nothing leaves but AUTH and DISCONNECT`(version: ProtocolVersion) {
    var session = Session.asking(.script(version) { $0.keepAlive = 1 })
    let requests: [Request] = [
      .publish(1, Message(topic: "t", qos: .exactlyOnce)), .publish(2, Message(topic: "t")), .ping,
      .subscribe(3, [Subscription(filter: "a")], []), .unsubscribe(4, ["a"], []), .reauthenticate,
      .authenticate(.continueAuthentication, [.authenticationMethod("m")]),
    ]
    for request in requests { #expect(session.perform(request, at: 1).packets.isEmpty) }
    #expect(session.tick(at: 2 * second).packets.isEmpty)
    #expect(session.perform(.disconnect(.success, []), at: 3 * second).packets == [.disconnect(Disconnect())])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a message of QoS 1 is new each time, whatever its identifier and DUP say`(version: ProtocolVersion) {
    var session = Session.connected(.script(version))
    for dup in [false, true, true] {
      let (outputs, delivered) = session.receive([message(.atLeastOnce, 7, dup: dup)])
      #expect(outputs == [.acknowledge([7])] && delivered.count == 1)
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `an identifier is a new message again once PUBCOMP was sent`(version: ProtocolVersion) {
    var session = Session.connected(.script(version))
    for _ in 1...3 {
      #expect(session.receive([message(.exactlyOnce, 7, dup: true)]).delivered.count == 1)
      #expect(session.receive(.pubrel(Acknowledgement(7)), at: 1).packets == [.pubcomp(Acknowledgement(7))])
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `what comes on topics never subscribed to, or above the QoS granted, is acknowledged`(version: ProtocolVersion) {
    var session = Session.connected(.script(version) { $0.subscriptions = [Subscription(filter: "a")] })
    _ = session.receive(.suback(Suback(packetID: 1, reasonCodes: [.success])), at: 1)
    let messages = [message(.atLeastOnce, 1, topic: "b"), message(.exactlyOnce, 2, topic: "a")]
    let (outputs, delivered) = session.receive(messages)
    #expect(outputs.packets == [.puback(Acknowledgement(1)), .pubrec(Acknowledgement(2))] && delivered == messages)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `answers leave in the order of what they answer`(version: ProtocolVersion) {
    var session = Session.connected(.script(version))
    let ids: [UInt16] = [9, 3, 7, 1]
    let (first, _) = session.receive(ids.map { message(.atLeastOnce, $0) })
    #expect(first.packets == ids.map { .puback(Acknowledgement($0)) })
    let (second, _) = session.receive(ids.map { message(.exactlyOnce, $0) })
    #expect(second.packets == ids.map { .pubrec(Acknowledgement($0)) })
    for request in UInt64(1)...4 {
      _ = session.perform(.publish(RequestID(rawValue: request), Message(topic: "t", qos: .exactlyOnce)), at: 1)
    }
    for id in [3, 1, 4, 2] as [UInt16] {
      #expect(session.receive(.pubrec(Acknowledgement(id)), at: 2).packets == [.pubrel(Acknowledgement(id))])
    }
  }

  @Test func `with no quota left everything but a delivery goes on`() {
    var session = Session.connected(.script(), Connack(properties: [.receiveMaximum(1)]))
    _ = session.perform(.publish(1, Message(topic: "t", qos: .exactlyOnce)), at: 1)
    #expect(session.perform(.publish(2, Message(topic: "t", qos: .atLeastOnce)), at: 1).packets.isEmpty)
    #expect(session.perform(.publish(3, Message(topic: "t")), at: 1).packets.count == 1)
    #expect(session.perform(.subscribe(4, [Subscription(filter: "a")], []), at: 1).packets.count == 1)
    #expect(session.perform(.unsubscribe(5, ["a"], []), at: 1).packets.count == 1)
    #expect(session.perform(.ping, at: 1).packets == [.pingreq])
    #expect(session.receive([message(.atLeastOnce, 1), message(.exactlyOnce, 2)]).outputs.packets.count == 2)
    #expect(session.receive(.pubrel(Acknowledgement(2)), at: 1).packets == [.pubcomp(Acknowledgement(2))])
    #expect(session.receive(.pubrec(Acknowledgement(1)), at: 1).packets == [.pubrel(Acknowledgement(1))])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a message is sent once on a connection, and is under way until it is acknowledged`(version: ProtocolVersion) {
    var session = Session.connected(.script(version) { $0.keepAlive = 0 })
    for qos in [QoS.atLeastOnce, .exactlyOnce] {
      _ = session.perform(.publish(1, Message(topic: "t", qos: qos)), at: 1)
    }
    for time in Int64(1)...100 { #expect(session.tick(at: time * 60 * second).isEmpty) }
    #expect(session.inFlight.count == 2)
    _ = session.receive(.puback(Acknowledgement(1)), at: 1)
    _ = session.receive(.pubrec(Acknowledgement(2)), at: 1)
    #expect(session.inFlight.count == 1)
    for time in Int64(1)...100 { #expect(session.tick(at: time * 60 * second).isEmpty) }
    _ = session.receive(.pubcomp(Acknowledgement(2)), at: 1)
    #expect(session.inFlight.isEmpty && session.identifiers.count == 0)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a clean start forgets everything of the session before`(version: ProtocolVersion) {
    var session = Session.connected(.script(version))
    _ = session.perform(.publish(1, Message(topic: "t", qos: .exactlyOnce)), at: 1)
    _ = session.receive([message(.exactlyOnce, 5)])
    #expect(session.comeBack(at: 2).packets.isEmpty)
    #expect(session.inFlight.isEmpty && session.inbound.count == 0 && session.identifiers.count == 0)
    #expect(session.receive([message(.exactlyOnce, 5, dup: true)]).delivered.count == 1)
  }

  @Test func `reasons that we asked not to be given break the protocol, where they may not be`() {
    let reason: Properties = [.reasonString("why")]
    let user: Properties = [.userProperty(UserProperty("a", "b"))]
    for properties in [reason, user] {
      let answers: [Packet] = [
        .puback(Acknowledgement(1, properties: properties)), .pubrec(Acknowledgement(2, properties: properties)),
        .suback(Suback(packetID: 3, reasonCodes: [.success], properties: properties)),
        .unsuback(Unsuback(packetID: 4, reasonCodes: [.success], properties: properties)),
        .pubrel(Acknowledgement(9, properties: properties)),
      ]
      for (answer, asked) in answers.flatMap({ [($0, false), ($0, true)] }) {
        var session = Session.connected(.script { $0.properties = [.requestProblemInformation(asked)] })
        for qos in [QoS.atLeastOnce, .exactlyOnce] {
          _ = session.perform(.publish(1, Message(topic: "t", qos: qos)), at: 1)
        }
        _ = session.perform(.subscribe(3, [Subscription(filter: "a")], []), at: 1)
        _ = session.perform(.unsubscribe(4, ["a"], []), at: 1)
        let isRefused = session.receive(answer, at: 2).packets == [.disconnect(Disconnect(.protocolError))]
        #expect(isRefused == !asked, "\(answer)")
      }
      var session = Session.asking(.script { $0.properties = [.requestProblemInformation(false)] })
      #expect(session.receive(.connack(Connack(properties: properties)), at: 1).packets.isEmpty)
      #expect(session.receive(.disconnect(Disconnect(.serverBusy, properties: properties)), at: 2) == [.close])
    }
  }

  @Test func `what we send carries no reasons that could make it too large`() {
    var session = Session.connected(.script(), Connack(properties: [.maximumPacketSize(5)]))
    let outputs = session.receive([message(.atLeastOnce, 1), message(.exactlyOnce, 2)]).outputs
    let release = session.receive(.pubrel(Acknowledgement(3)), at: 1)
    let unknown = session.receive(.pubrec(Acknowledgement(4)), at: 1)
    for packet in (outputs + release + unknown).packets { #expect(session.problem(with: packet) == nil, "\(packet)") }
  }
}
