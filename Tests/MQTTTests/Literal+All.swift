import MQTT
import NIOCore

extension Literal {
  /// 3.1.1: each packet, the examples of the standard among them.
  static let old: [Literal] = [
    Literal(.v3_1_1, .client, .connect(Connect(clientID: "c")), "10 0D 0004 'MQTT' 04 02 003C 0001 'c'"),
    Literal(
      .v3_1_1, .client,
      .connect(
        Connect(
          clientID: "c", cleanStart: false, keepAlive: 10, username: "u", password: [0x70],
          will: Will(topic: "w", payload: ByteBuffer(string: "m"), qos: .atLeastOnce))),
      "10 19 0004 'MQTT' 04 CC 000A 0001 'c' 0001 'w' 0001 'm' 0001 'u' 0001 'p'"),
    Literal(.v3_1_1, .server, .connack(Connack()), "20 02 00 00"),
    Literal(.v3_1_1, .server, .connack(Connack(sessionPresent: true)), "20 02 01 00"),
    Literal(.v3_1_1, .server, .connack(Connack(reasonCode: .unsupportedProtocolVersion)), "20 02 00 01"),
    Literal(.v3_1_1, .server, .connack(Connack(reasonCode: .clientIdentifierNotValid)), "20 02 00 02"),
    Literal(.v3_1_1, .server, .connack(Connack(reasonCode: .serverUnavailable)), "20 02 00 03"),
    Literal(.v3_1_1, .server, .connack(Connack(reasonCode: .badUserNameOrPassword)), "20 02 00 04"),
    Literal(.v3_1_1, .server, .connack(Connack(reasonCode: .notAuthorized)), "20 02 00 05"),
    Literal(
      .v3_1_1, .server, .publish(Publish(topic: "a/b", qos: .atLeastOnce, packetID: 10)), "32 07 0003 'a/b' 000A"),
    Literal(
      .v3_1_1, .server, .publish(Publish(topic: "a/b", payload: ByteBuffer(string: "hi"))), "30 07 0003 'a/b' 'hi'"),
    Literal(
      .v3_1_1, .client,
      .publish(Publish(topic: "a", qos: .exactlyOnce, isRetained: true, isDuplicate: true, packetID: 0xFFFF)),
      "3D 05 0001 'a' FFFF"),
    Literal(.v3_1_1, .server, .puback(Acknowledgement(1)), "40 02 0001"),
    Literal(.v3_1_1, .server, .pubrec(Acknowledgement(1)), "50 02 0001"),
    Literal(.v3_1_1, .server, .pubrel(Acknowledgement(1)), "62 02 0001"),
    Literal(.v3_1_1, .server, .pubcomp(Acknowledgement(1)), "70 02 0001"),
    Literal(
      .v3_1_1, .client,
      .subscribe(
        Subscribe(
          packetID: 10,
          subscriptions: [
            Subscription(filter: "a/b", qos: .atLeastOnce), Subscription(filter: "c/d", qos: .exactlyOnce),
          ])),
      "82 0E 000A 0003 'a/b' 01 0003 'c/d' 02"),
    Literal(
      .v3_1_1, .server,
      .suback(Suback(packetID: 10, reasonCodes: [.success, .grantedQoS2, .unspecifiedError])),
      "90 05 000A 00 02 80"),
    Literal(
      .v3_1_1, .client, .unsubscribe(Unsubscribe(packetID: 10, filters: ["a/b", "c/d"])),
      "A2 0C 000A 0003 'a/b' 0003 'c/d'"),
    Literal(.v3_1_1, .server, .unsuback(Unsuback(packetID: 10)), "B0 02 000A"),
    Literal(.v3_1_1, .client, .pingreq, "C0 00"),
    Literal(.v3_1_1, .server, .pingresp, "D0 00"),
    Literal(.v3_1_1, .client, .disconnect(Disconnect()), "E0 00"),
  ]

  /// 5.0: each packet, the examples of the standard among them.
  static let new: [Literal] = [
    Literal(
      .v5, .client,
      .connect(
        Connect(
          clientID: "", keepAlive: 10, username: "u", password: [0x70], will: Will(topic: "w", payload: ByteBuffer()),
          properties: [.sessionExpiryInterval(10)])),
      "10 1E 0004 'MQTT' 05 C6 000A 05 11 0000000A 0000 00 0001 'w' 0000 0001 'u' 0001 'p'"),
    Literal(
      .v5, .client, .connect(Connect(clientID: "c", password: [1])), "10 11 0004 'MQTT' 05 42 003C 00 0001 'c' 0001 01"),
    Literal(
      .v5, .client,
      .connect(
        Connect(
          clientID: "c",
          will: Will(
            topic: "w", payload: ByteBuffer(string: "m"), qos: .exactlyOnce, isRetained: true,
            properties: [.willDelayInterval(1), .payloadFormatIndicator(.utf8)]))),
      "10 1C 0004 'MQTT' 05 36 003C 00 0001 'c' 07 18 00000001 01 01 0001 'w' 0001 'm'"),
    Literal(.v5, .server, .connack(Connack(properties: [.receiveMaximum(16)])), "20 06 00 00 03 21 0010"),
    Literal(.v5, .server, .connack(Connack(reasonCode: .banned)), "20 03 00 8A 00"),
    Literal(.v5, .server, .publish(Publish(topic: "a/b", qos: .atLeastOnce, packetID: 10)), "32 08 0003 'a/b' 000A 00"),
    Literal(
      .v5, .server,
      .publish(
        Publish(
          topic: "", payload: ByteBuffer(string: "x"),
          properties: [.subscriptionIdentifier(1), .topicAlias(10), .subscriptionIdentifier(128)])),
      "30 0C 0000 08 0B 01 23 000A 0B 8001 'x'"),
    Literal(
      .v5, .server,
      .publish(
        Publish(
          topic: "t",
          properties: [
            .contentType("c"), .responseTopic("r"), .correlationData([0]), .messageExpiryInterval(1),
            .userProperty(UserProperty("k", "v")), .userProperty(UserProperty("k", "v")),
          ])),
      "30 23 0001 't' 1F 03 0001 'c' 08 0001 'r' 09 0001 00 02 00000001 26 0001 'k' 0001 'v' 26 0001 'k' 0001 'v'"),
    Literal(.v5, .server, .puback(Acknowledgement(1, .noMatchingSubscribers)), "40 03 0001 10"),
    Literal(
      .v5, .server, .puback(Acknowledgement(1, properties: [.reasonString("p")])), "40 08 0001 00 04 1F 0001 'p'"),
    Literal(.v5, .server, .pubrec(Acknowledgement(1, .quotaExceeded)), "50 03 0001 97"),
    Literal(.v5, .server, .pubrel(Acknowledgement(1)), "62 02 0001"),
    Literal(.v5, .server, .pubcomp(Acknowledgement(1, .packetIdentifierNotFound)), "70 03 0001 92"),
    Literal(
      .v5, .client,
      .subscribe(
        Subscribe(
          packetID: 10,
          subscriptions: [
            Subscription(filter: "a/b", qos: .atLeastOnce, noLocal: true),
            Subscription(filter: "c/d", qos: .exactlyOnce, retainAsPublished: true, retainHandling: .doNotSend),
          ], properties: [.subscriptionIdentifier(268_435_455)])),
      "82 14 000A 05 0B FFFFFF7F 0003 'a/b' 05 0003 'c/d' 2A"),
    Literal(
      .v5, .server, .suback(Suback(packetID: 10, reasonCodes: [.grantedQoS1, .sharedSubscriptionsNotSupported])),
      "90 05 000A 00 01 9E"),
    Literal(.v5, .client, .unsubscribe(Unsubscribe(packetID: 10, filters: ["a/b"])), "A2 08 000A 00 0003 'a/b'"),
    Literal(
      .v5, .server, .unsuback(Unsuback(packetID: 10, reasonCodes: [.success, .noSubscriptionExisted])),
      "B0 05 000A 00 00 11"),
    Literal(.v5, .client, .pingreq, "C0 00"),
    Literal(.v5, .server, .pingresp, "D0 00"),
    Literal(.v5, .client, .disconnect(Disconnect()), "E0 00"),
    Literal(.v5, .server, .disconnect(Disconnect(.sessionTakenOver)), "E0 01 8E"),
    Literal(
      .v5, .client, .disconnect(Disconnect(properties: [.sessionExpiryInterval(0)])), "E0 07 00 05 11 00000000"),
    Literal(
      .v5, .server,
      .auth(Auth(.continueAuthentication, properties: [.authenticationMethod("m"), .authenticationData([1, 2])])),
      "F0 0B 18 09 15 0001 'm' 16 0002 0102"),
  ]
}
