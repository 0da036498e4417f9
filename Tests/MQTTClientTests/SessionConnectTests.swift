import MQTT
import NIOCore
import Testing

@testable import MQTTClient

struct SessionConnectTests {
  @Test func `starting opens the network, and CONNECT is the first packet`() {
    let configuration = Configuration.script {
      $0.username = "u"
      $0.password = [1, 2]
      $0.will = Will(topic: "w", payload: ByteBuffer(string: "gone"), qos: .atLeastOnce, isRetained: true)
      $0.properties = [.receiveMaximum(9), .userProperty(UserProperty("a", "b")), .sessionExpiryInterval(5)]
      $0.cleanStart = false
      $0.keepAlive = 7
    }
    var session = Session(configuration, seed: 1)
    let endpoint = configuration.endpoint
    #expect(
      session.perform(.reconnect, at: 1) == [
        .post(.connecting(attempt: 1, version: .v5, endpoint: endpoint)), .open(.v5),
      ])
    let connect = Connect(
      clientID: "c", cleanStart: false, keepAlive: 7, username: "u", password: [1, 2], will: configuration.will,
      properties: configuration.properties)
    #expect(session.opened(at: 2) == [.send(.connect(connect))])
  }

  @Test func `CONNECT of 3.1.1 carries no properties`() {
    var session = Session(
      .script(.v3_1_1) {
        $0.properties = [.receiveMaximum(9)]
        $0.will = Will(topic: "w", payload: ByteBuffer(), properties: [.willDelayInterval(3)])
      }, seed: 1)
    _ = session.perform(.reconnect, at: 0)
    let connect = Connect(clientID: "c", will: Will(topic: "w", payload: ByteBuffer()))
    #expect(session.opened(at: 0) == [.send(.connect(connect))])
  }

  @Test func `CONNACK tells the facts of the connection`() {
    var session = Session.asking(.script { $0.clientID = "" })
    let properties: Properties = [.assignedClientIdentifier("given"), .serverKeepAlive(5)]
    let outputs = session.receive(.connack(Connack(properties: properties)), at: 3)
    let connection = Connection(
      version: .v5, sessionPresent: false, clientID: "given", keepAlive: 5, properties: properties, roundTrip: 3)
    #expect(outputs == [.post(.connected(connection))])
    #expect(session.link.keepAlive.interval == 5 * second)
  }

  @Test func `a refusal that will not change ends it, one that may pass is tried again`() throws {
    for (code, mayPass) in [(ReasonCode.notAuthorized, false), (.serverBusy, true)] {
      var session = Session.asking()
      #expect(session.receive(.connack(Connack(reasonCode: code)), at: 1) == [.close])
      let end = try #require(session.closed(.closed(wasAccepted: false), at: 2).disconnection)
      #expect(end.reason == .refused(code, [], .v5))
      #expect((end.retryIn != nil) == mayPass)
      #expect((session.phase == .stopped) == !mayPass)
    }
  }

  @Test(arguments: [
    Packet.pingresp, .suback(Suback(packetID: 1, reasonCodes: [.success])), .puback(Acknowledgement(1)), .pingreq,
  ]) func `anything before CONNACK breaks the protocol`(packet: Packet) {
    var session = Session.asking()
    #expect(session.receive(packet, at: 1) == [.send(.disconnect(Disconnect(.protocolError))), .close])
    var older = Session.asking(.script(.v3_1_1))
    #expect(older.receive(packet, at: 1) == [.close])
  }

  @Test func `a message before CONNACK breaks the protocol and is not delivered`() {
    var session = Session.asking()
    let (outputs, delivered) = session.receive([Publish(topic: "t")])
    #expect(outputs == [.send(.disconnect(Disconnect(.protocolError))), .close])
    #expect(delivered.isEmpty)
  }

  @Test(arguments: [
    Packet.connack(Connack()), .pingreq, .subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "a")])),
    .unsubscribe(Unsubscribe(packetID: 1, filters: ["a"])), .connect(Connect(clientID: "x")),
    .auth(Auth(.continueAuthentication, properties: [.authenticationMethod("m")])),
  ]) func `a second CONNACK, a client's packet, and AUTH unasked break the protocol`(packet: Packet) {
    var session = Session.connected()
    #expect(session.receive(packet, at: 1) == [.send(.disconnect(Disconnect(.protocolError))), .close])
    #expect(session.receive(.pingresp, at: 2).isEmpty)
    #expect(session.deadline == second + 1)
    #expect(session.tick(at: second + 1) == [.abort])
  }

  @Test func `DISCONNECT from a broker of 3.1.1 breaks the protocol`() {
    var session = Session.connected(.script(.v3_1_1))
    #expect(session.receive(.disconnect(Disconnect()), at: 1) == [.close])
  }

  @Test func `a session that we did not want breaks the protocol`() {
    var session = Session.asking()
    #expect(
      session.receive(.connack(Connack(sessionPresent: true)), at: 1).packets == [
        .disconnect(Disconnect(.protocolError))
      ])
    var older = Session.asking(.script(.v3_1_1))
    #expect(older.receive(.connack(Connack(sessionPresent: true)), at: 1) == [.close])
  }

  @Test func `a client identifier in place of the one we named breaks the protocol`() {
    var session = Session.asking()
    let connack = Connack(properties: [.assignedClientIdentifier("other")])
    #expect(session.receive(.connack(connack), at: 1).packets == [.disconnect(Disconnect(.protocolError))])
  }

  @Test func `malformed bytes are answered with their code in 5_0 and with silence in 3_1_1`() throws {
    let error = MalformedPacket(
      packet: .publish, field: "topic name", offset: 4, reason: .packetTooLarge, explanation: "is too long")
    var session = Session.connected()
    #expect(session.receive(error, at: 1) == [.send(.disconnect(Disconnect(.packetTooLarge))), .close])
    #expect(session.closed(.closed(wasAccepted: false), at: 2).disconnection?.reason == .malformed(error))
    var older = Session.connected(.script(.v3_1_1))
    #expect(older.receive(error, at: 1) == [.close])
  }

  @Test func `AUTH goes to the owner and back if CONNECT named a method`() {
    let method: Properties = [.authenticationMethod("m")]
    var session = Session.asking(.script { $0.properties = method })
    let step = Auth(.continueAuthentication, properties: method)
    #expect(
      session.receive(.auth(step), at: 1) == [.post(.authentication(.continueAuthentication, method))])
    #expect(session.perform(.authenticate(.continueAuthentication, method), at: 2) == [.send(.auth(step))])
    #expect(session.receive(.connack(Connack(properties: method)), at: 3).packets.isEmpty)
    let other = Auth(.continueAuthentication, properties: [.authenticationMethod("n")])
    #expect(session.receive(.auth(other), at: 4).packets == [.disconnect(Disconnect(.protocolError))])
    var plain = Session.connected()
    #expect(plain.perform(.authenticate(.reauthenticate, method), at: 1).isEmpty)
  }

  @Test func `a CONNACK that does not name our method breaks the protocol`() {
    var session = Session.asking(.script { $0.properties = [.authenticationMethod("m")] })
    #expect(session.receive(.connack(Connack()), at: 3).packets == [.disconnect(Disconnect(.protocolError))])
  }

  @Test func `a disconnect on request says so, closes and stays closed`() {
    var session = Session.connected()
    let request = Request.disconnect(.disconnectWithWillMessage, [.reasonString("bye")])
    #expect(
      session.perform(request, at: 1) == [
        .send(.disconnect(Disconnect(.disconnectWithWillMessage, properties: [.reasonString("bye")]))), .close,
      ])
    let end = session.closed(.closed(wasAccepted: false), at: 2)
    #expect(end == [.post(.disconnected(Disconnection(.requested, endpoint: session.configuration.endpoint)))])
    #expect(session.phase == .stopped && session.deadline == nil)
  }

  @Test func `a configuration that cannot be sent ends the attempt`() {
    var session = Session.asking()
    let error = EncodingError.nullCharacter(field: "client identifier")
    #expect(session.unsendable(.connect(Connect(clientID: "\0")), error, at: 1) == [.close])
    let end = session.closed(.closed(wasAccepted: false), at: 2).disconnection
    #expect(end?.reason == .unsendable(error) && end?.retryIn == nil)
  }
}
