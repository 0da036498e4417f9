import MQTT
import NIOCore
import Testing

@Suite struct EncodingErrorTests {
  static let bad: [(Packet, ProtocolVersion, EncodingError)] = [
    (.publish(Publish(topic: "a/#")), .v5, .topic("a/#", .wildcardInName)),
    (.publish(Publish(topic: "")), .v5, .topic("", .empty)),
    (.publish(Publish(topic: "", properties: [.topicAlias(1)])), .v3_1_1, .topic("", .empty)),
    (.publish(Publish(topic: "a", qos: .atLeastOnce)), .v5, .packetID(.publish, 0)),
    (.publish(Publish(topic: "a", packetID: 1)), .v5, .packetID(.publish, 1)),
    (.publish(Publish(topic: "a", isDuplicate: true)), .v5, .duplicateAtMostOnce),
    (.publish(Publish(topic: "a", properties: [.topicAlias(0)])), .v5, .propertyOutOfRange("topic alias")),
    (
      .publish(Publish(topic: "a", properties: [.receiveMaximum(1)])), .v5,
      .propertyNotAllowed("receive maximum", in: .publish)
    ),
    (
      .publish(Publish(topic: "a", properties: [.contentType("x"), .contentType("x")])), .v5,
      .propertyRepeated("content type")
    ),
    (.publish(Publish(topic: "a", properties: [.contentType("x\0")])), .v5, .nullCharacter(field: "content type")),
    (.publish(Publish(topic: "a", properties: [.responseTopic("+")])), .v5, .topic("+", .wildcardInName)),
    (
      .publish(Publish(topic: "a", properties: [.correlationData([UInt8](repeating: 0, count: 65_536))])), .v5,
      .tooLong(field: "correlation data", size: 65_536)
    ),
    (.subscribe(Subscribe(packetID: 1, subscriptions: [])), .v5, .nothingRequested(.subscribe)),
    (.subscribe(Subscribe(packetID: 0, subscriptions: [Subscription(filter: "a")])), .v5, .packetID(.subscribe, 0)),
    (
      .subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "a#")])), .v5,
      .topic("a#", .misplacedWildcard)
    ),
    (
      .subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "$share/n/a", noLocal: true)])), .v5,
      .contradiction("A shared subscription cannot leave out our own messages.")
    ),
    (
      .subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "a\0")])), .v3_1_1,
      .topic("a\0", .nullCharacter)
    ),
    (.unsubscribe(Unsubscribe(packetID: 1, filters: ["a\0"])), .v5, .topic("a\0", .nullCharacter)),
    (.publish(Publish(topic: "a\0")), .v3_1_1, .topic("a\0", .nullCharacter)),
    (.publish(Publish(topic: "a", properties: [.responseTopic("r\0")])), .v5, .topic("r\0", .nullCharacter)),
    (.unsubscribe(Unsubscribe(packetID: 1, filters: [])), .v3_1_1, .nothingRequested(.unsubscribe)),
    (.suback(Suback(packetID: 1, reasonCodes: [])), .v5, .nothingRequested(.suback)),
    (.unsuback(Unsuback(packetID: 1, reasonCodes: [])), .v5, .nothingRequested(.unsuback)),
    (.puback(Acknowledgement(0)), .v5, .packetID(.puback, 0)),
    (.pubcomp(Acknowledgement(1, .noMatchingSubscribers)), .v5, .reasonCode(.noMatchingSubscribers, .pubcomp)),
    (
      .connack(Connack(sessionPresent: true, reasonCode: .banned)), .v5,
      .contradiction("A refused connection has no session.")
    ),
    (.connack(Connack(reasonCode: .banned)), .v3_1_1, .reasonCode(.banned, .connack)),
    (
      .connect(Connect(clientID: "c", password: [1])), .v3_1_1,
      .contradiction("MQTT 3.1.1 allows a password only beside a user name.")
    ),
    (
      .connect(Connect(clientID: "", cleanStart: false)), .v3_1_1,
      .contradiction("MQTT 3.1.1 keeps a session only for a client identifier.")
    ),
    (.connect(Connect(clientID: "c", username: "u\0")), .v3_1_1, .nullCharacter(field: "user name")),
    (
      .connect(Connect(clientID: "c", will: Will(topic: "w\0", payload: ByteBuffer()))), .v5,
      .topic("w\0", .nullCharacter)
    ),
    (
      .connect(Connect(clientID: "c", will: Will(topic: "w/#", payload: ByteBuffer()))), .v3_1_1,
      .topic("w/#", .wildcardInName)
    ),
    (.puback(Acknowledgement(1, .packetIdentifierNotFound)), .v5, .reasonCode(.packetIdentifierNotFound, .puback)),
    (.pubrec(Acknowledgement(1, .packetIdentifierNotFound)), .v5, .reasonCode(.packetIdentifierNotFound, .pubrec)),
    (.pubrel(Acknowledgement(1, .quotaExceeded)), .v5, .reasonCode(.quotaExceeded, .pubrel)),
    (.disconnect(Disconnect(.grantedQoS1)), .v5, .reasonCode(.grantedQoS1, .disconnect)),
    (.auth(Auth(.banned, properties: [.authenticationMethod("m")])), .v5, .reasonCode(.banned, .auth)),
    (.connect(Connect(clientID: "c\0")), .v5, .nullCharacter(field: "client identifier")),
    (.auth(Auth(.continueAuthentication)), .v3_1_1, .notInVersion("AUTH", .v3_1_1)),
  ]

  @Test func `what must not be sent is refused, and leaves no bytes behind`() {
    for (packet, version, expected) in Self.bad {
      var buffer = ByteBuffer(string: "before")
      #expect(throws: expected) { try packet.encode(into: &buffer, version: version, from: .client) }
      #expect(buffer == ByteBuffer(string: "before"))
      #expect(!expected.description.isEmpty)
    }
  }

  @Test func `what only the other side may say is refused`() throws {
    let numbered = Packet.publish(Publish(topic: "a", properties: [.subscriptionIdentifier(1)]))
    let moved = Packet.disconnect(Disconnect(.serverMoved))
    let away = Packet.disconnect(Disconnect(properties: [.serverReference("s")]))
    let done = Packet.auth(Auth(.success, properties: [.authenticationMethod("m")]))
    for packet in [numbered, moved, away, done] {
      #expect(throws: EncodingError.self) { try encode(packet, .v5, from: .client) }
      #expect(try !encode(packet, .v5, from: .server).isEmpty)
    }
    let longer = Packet.disconnect(Disconnect(properties: [.sessionExpiryInterval(1)]))
    let again = Packet.auth(Auth(.reauthenticate, properties: [.authenticationMethod("m")]))
    for packet in [longer, again, .disconnect(Disconnect(.disconnectWithWillMessage))] {
      #expect(throws: EncodingError.self) { try encode(packet, .v5, from: .server) }
      #expect(try !encode(packet, .v5, from: .client).isEmpty)
    }
  }

  @Test func `a packet above the receiver's maximum is refused, one at it is not`() throws {
    let publish = Packet.publish(Publish(topic: "a", payload: ByteBuffer(string: "hello")))
    #expect(try encode(publish, .v5, maximum: 11).count == 11)
    #expect(throws: EncodingError.packetTooLarge(size: 11, maximum: 10)) { try encode(publish, .v5, maximum: 10) }
    #expect(throws: EncodingError.packetTooLarge(size: 4, maximum: 3)) {
      try encode(.puback(Acknowledgement(1)), .v5, maximum: 3)
    }
  }

  @Test(arguments: [0, 1, 100, 117, 127, 128, 16_000, 16_383, 16_384, 70_000, 2_097_152])
  func `a payload of any size has a length before it that is right`(size: Int) throws {
    let publish = Publish(topic: "topic", payload: ByteBuffer(repeating: 7, count: size))
    let whole = try encode(.publish(publish), .v3_1_1)
    #expect(whole == packet(0x30, bytes("0005 'topic'") + [UInt8](repeating: 7, count: size)))
    #expect(try decode(whole, .v3_1_1) == [.publish(publish)])
  }
}
