import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// What the broker cannot take, and what is done when everything is in use.
struct SessionLimitTests {
  private func publish(_ session: inout Session, _ topic: String, _ qos: QoS = .atMostOnce, at now: Int64 = 1)
    -> [Packet]
  {
    session.perform(.publish(1, Message(topic: topic, qos: qos)), at: now).packets
  }

  @Test func `when every identifier is in use, SUBSCRIBE and UNSUBSCRIBE wait and go out in their order`() {
    var session = Session.connected()
    while session.identifiers.hasFree(for: .publish) { _ = session.identifiers.take(for: .publish) }
    for number in UInt64(1)...16 {
      let request = Request.subscribe(RequestID(rawValue: number), [Subscription(filter: "a")], [])
      #expect(session.perform(request, at: 1).packets.count == 1)
    }
    #expect(session.perform(.subscribe(17, [Subscription(filter: "b")], []), at: 2).isEmpty)
    #expect(session.perform(.unsubscribe(18, ["c"], []), at: 2).isEmpty)
    let id = UInt16(65_520)
    let first = session.receive(.suback(Suback(packetID: id, reasonCodes: [.success])), at: 3)
    #expect(first.packets == [.subscribe(Subscribe(packetID: id, subscriptions: [Subscription(filter: "b")]))])
    let next = session.receive(.suback(Suback(packetID: id, reasonCodes: [.success])), at: 4)
    #expect(next.packets == [.unsubscribe(Unsubscribe(packetID: id, filters: ["c"]))])
  }

  @Test func `what waits for an identifier fails when the connection is lost, and what is malformed at once`() {
    var session = Session.connected()
    while session.identifiers.hasFree(for: .subscription) { _ = session.identifiers.take(for: .subscription) }
    #expect(session.perform(.subscribe(1, [Subscription(filter: "a")], []), at: 1).isEmpty)
    #expect(session.perform(.subscribe(2, [Subscription(filter: "a#")], []), at: 1).steps.count == 1)
    #expect(session.closed(.closed(wasAccepted: false), at: 2).steps == [.failed(.connectionLost)])
  }

  @Test func `a message that waits for an identifier goes out when SUBACK frees one`() {
    var session = Session.connected()
    while session.identifiers.hasFree(for: .publish) { _ = session.identifiers.take(for: .publish) }
    session.identifiers.free(7)
    _ = session.perform(.subscribe(1, [Subscription(filter: "a")], []), at: 1)
    #expect(publish(&session, "t", .atLeastOnce).isEmpty)
    let outputs = session.receive(.suback(Suback(packetID: 65_520, reasonCodes: [.success])), at: 2)
    #expect(outputs.packets == [.publish(Publish(topic: "t", qos: .atLeastOnce, packetID: 65_521))])
  }

  @Test func `topics get numbers up to the broker's maximum, each is sent once, and a re-send has it whole`() {
    let configuration = Configuration.script { ($0.assignsTopicAliases, $0.cleanStart) = (true, false) }
    var session = Session.connected(configuration, Connack(properties: [.topicAliasMaximum(2)]))
    #expect(publish(&session, "one") == [.publish(Publish(topic: "one", properties: [.topicAlias(1)]))])
    #expect(publish(&session, "one") == [.publish(Publish(topic: "", properties: [.topicAlias(1)]))])
    #expect(publish(&session, "two") == [.publish(Publish(topic: "two", properties: [.topicAlias(2)]))])
    #expect(publish(&session, "three") == [.publish(Publish(topic: "three"))])
    let last = publish(&session, "two", .atLeastOnce)
    #expect(last == [.publish(Publish(topic: "", qos: .atLeastOnce, packetID: 1, properties: [.topicAlias(2)]))])
    let again = session.comeBack(Connack(sessionPresent: true, properties: [.topicAliasMaximum(2)]), at: 2).packets
    #expect(again == [.publish(Publish(topic: "two", qos: .atLeastOnce, isDuplicate: true, packetID: 1))])
    #expect(publish(&session, "two") == [.publish(Publish(topic: "two", properties: [.topicAlias(1)]))])
  }

  @Test func `numbers of the owner's own are kept, and none is given where the broker takes none`() {
    var session = Session.connected(
      .script { $0.assignsTopicAliases = true }, Connack(properties: [.topicAliasMaximum(2)]))
    let own = Message(topic: "mine", properties: [.topicAlias(1)])
    _ = session.perform(.publish(1, own), at: 1)
    #expect(publish(&session, "yours") == [.publish(Publish(topic: "yours", properties: [.topicAlias(2)]))])
    #expect(publish(&session, "mine") == [.publish(Publish(topic: "", properties: [.topicAlias(1)]))])
    // The owner gives the number to another topic
    _ = session.perform(.publish(1, Message(topic: "else", properties: [.topicAlias(1)])), at: 2)
    #expect(publish(&session, "mine") == [.publish(Publish(topic: "mine"))])
    session = .connected(.script { $0.assignsTopicAliases = true })
    #expect(publish(&session, "a") == [.publish(Publish(topic: "a"))])
    session = .connected(.script(.v3_1_1) { $0.assignsTopicAliases = true })
    #expect(publish(&session, "a") == [.publish(Publish(topic: "a"))])
  }

  @Test func `an answer that comes before its delivery is sent again ends that, and its identifier's next user is new`()
  {
    var session = Session.connected(.script { $0.cleanStart = false })
    for qos in [QoS.exactlyOnce, .exactlyOnce, .atLeastOnce] { _ = publish(&session, "t", qos) }
    _ = session.comeBack(Connack(sessionPresent: true, properties: [.receiveMaximum(1)]), at: 2)
    // Of an earlier connection's answers the broker speaks only now; 2 and 3 have not been sent again
    #expect(session.receive(.pubrec(Acknowledgement(2)), at: 3).packets == [.pubrel(Acknowledgement(2))])
    #expect(session.receive(.puback(Acknowledgement(3)), at: 3).packets.isEmpty)
    #expect(session.receive(.pubcomp(Acknowledgement(2)), at: 4).packets.isEmpty)
    _ = session.receive(.pubrec(Acknowledgement(1)), at: 5)
    #expect(session.receive(.pubcomp(Acknowledgement(1)), at: 6).packets.isEmpty)
    #expect(session.inFlight.isEmpty && session.link.quota == 1)
  }

  @Test func `a session that ends with its connection is not prolonged by DISCONNECT`() {
    let farewell: Properties = [.sessionExpiryInterval(60), .reasonString("bye")]
    var session = Session.connected()
    #expect(
      session.perform(.disconnect(.success, farewell), at: 1).packets
        == [.disconnect(Disconnect(properties: [.reasonString("bye")]))])
    session = .connected(.script { $0.properties = [.sessionExpiryInterval(10)] })
    #expect(
      session.perform(.disconnect(.success, farewell), at: 1).packets == [.disconnect(Disconnect(properties: farewell))]
    )
  }

  @Test func `a DISCONNECT that the broker would not take keeps its code and leaves out the rest`() {
    var session = Session.connected(.script(), Connack(properties: [.maximumPacketSize(10)]))
    let request = Request.disconnect(.disconnectWithWillMessage, [.reasonString("far too long for this broker")])
    #expect(session.perform(request, at: 1).packets == [.disconnect(Disconnect(.disconnectWithWillMessage))])
  }

  @Test func `an AUTH that the broker would not take is not sent`() {
    let method: Properties = [.authenticationMethod("m")]
    let limit: Properties = [.authenticationMethod("m"), .maximumPacketSize(20)]
    var session = Session.connected(.script { $0.properties = method }, Connack(properties: limit))
    let long: Properties = [.authenticationMethod("m"), .reasonString("far too long for this broker")]
    #expect(session.perform(.authenticate(.reauthenticate, long), at: 1).isEmpty)
    #expect(session.perform(.authenticate(.reauthenticate, method), at: 1).packets.count == 1)
  }
}
