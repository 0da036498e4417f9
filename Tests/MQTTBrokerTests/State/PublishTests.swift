import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Messages from clients to clients.
struct PublishTests {
  /// A broker with two clients of a version: 0 publishes, 1 is subscribed.
  static func pair(_ version: ProtocolVersion = .v5, _ filter: String = "#", _ qos: QoS = .exactlyOnce) -> Script {
    var script = Script()
    _ = script.connect(0, "c0", version)
    _ = script.connect(1, "c1", version)
    _ = script.subscribe(filter, qos, from: 1)
    return script
  }

  @Test(arguments: ProtocolVersion.allCases, QoS.allCases) func `each QoS has its handshake with the publisher`(
    version: ProtocolVersion, qos: QoS
  ) {
    var script = Self.pair(version)
    let said = script.publish("t", qos: qos, id: 7, from: 0)
    switch qos {
    case .atMostOnce: #expect(said.packets(to: 0) == [] && said.topics(to: 1) == ["t"])
    case .atLeastOnce: #expect(said.packets(to: 0) == [.puback(Acknowledgement(7))] && said.topics(to: 1) == ["t"])
    case .exactlyOnce:
      #expect(said == [.packet(0, .pubrec(Acknowledgement(7)))])
      let released = script.say(.pubrel(Acknowledgement(7)), from: 0)
      #expect(released.packets(to: 0) == [.pubcomp(Acknowledgement(7))] && released.topics(to: 1) == ["t"])
    }
  }

  @Test(arguments: ProtocolVersion.allCases) func `a message of QoS 2 that comes again before PUBREL is one message`(
    version: ProtocolVersion
  ) {
    var script = Self.pair(version)
    for isDuplicate in [false, true, true] {
      let said = script.publish("t", qos: .exactlyOnce, id: 7, duplicate: isDuplicate, from: 0)
      #expect(said == [.packet(0, .pubrec(Acknowledgement(7)))])
    }
    #expect(script.say(.pubrel(Acknowledgement(7)), from: 0).topics(to: 1) == ["t"])
    let again = script.say(.pubrel(Acknowledgement(7)), from: 0)
    let unknown: ReasonCode = version == .v5 ? .packetIdentifierNotFound : .success
    #expect(again == [.packet(0, .pubcomp(Acknowledgement(7, unknown)))])
    _ = script.publish("u", qos: .exactlyOnce, id: 7, from: 0)
    #expect(script.say(.pubrel(Acknowledgement(7)), from: 0).topics(to: 1) == ["u"])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `another message of QoS 2 with the identifier of one that was not released takes its place`(
    version: ProtocolVersion
  ) {
    for (topic, payload) in [("t", "new"), ("u", "x")] {
      var script = Self.pair(version)
      _ = script.publish("t", "x", qos: .exactlyOnce, id: 7, from: 0)
      let said = script.publish(topic, payload, qos: .exactlyOnce, id: 7, from: 0)
      #expect(said == [.packet(0, .pubrec(Acknowledgement(7)))])
      let released = script.say(.pubrel(Acknowledgement(7)), from: 0)
      #expect(released.topics(to: 1) == [topic] && released.payloads(to: 1) == [payload])
      #expect(script.state.sessions.allSatisfy { $0.unreleased.isEmpty })
      // With DUP it is the one that is held, whatever has changed on its way
      _ = script.publish("t", "x", qos: .exactlyOnce, id: 8, from: 0)
      _ = script.publish(topic, payload, qos: .exactlyOnce, id: 8, duplicate: true, from: 0)
      #expect(script.say(.pubrel(Acknowledgement(8)), from: 0).payloads(to: 1) == ["x"])
    }
  }

  @Test(arguments: ProtocolVersion.allCases) func `after PUBACK the same identifier is a new message`(
    version: ProtocolVersion
  ) {
    var script = Self.pair(version)
    #expect(script.publish("t", qos: .atLeastOnce, id: 7, from: 0).topics(to: 1) == ["t"])
    let said = script.publish("t", qos: .atLeastOnce, id: 7, duplicate: true, from: 0)
    #expect(said.messages(to: 1).map(\.isDuplicate) == [false])
  }

  @Test(arguments: ProtocolVersion.allCases, QoS.allCases) func `each QoS has its handshake with the subscriber`(
    version: ProtocolVersion, qos: QoS
  ) {
    var script = Self.pair(version)
    _ = script.publish("t", qos: .exactlyOnce, id: 3, from: 0)
    _ = script.subscribe("#", qos, from: 1)
    let message = script.say(.pubrel(Acknowledgement(3)), from: 0).messages(to: 1).first
    #expect(message?.qos == qos && message?.packetID == (qos == .atMostOnce ? 0 : 1))
    switch qos {
    case .atMostOnce: #expect(script.say(.puback(Acknowledgement(1)), from: 1) == [])
    case .atLeastOnce:
      #expect(script.say(.puback(Acknowledgement(1)), from: 1) == [])
      #expect(script.state.sessions[1].inFlight.isEmpty && script.state.sessions[1].identifiers.count == 0)
    case .exactlyOnce:
      #expect(script.say(.pubrec(Acknowledgement(1)), from: 1) == [.packet(1, .pubrel(Acknowledgement(1)))])
      #expect(script.say(.pubrec(Acknowledgement(1)), from: 1) == [.packet(1, .pubrel(Acknowledgement(1)))])
      #expect(script.say(.pubcomp(Acknowledgement(1)), from: 1) == [])
      #expect(script.state.sessions[1].inFlight.isEmpty && script.state.sessions[1].queuedBytes == 0)
    }
  }

  @Test func `numbers in use are not given again`() {
    var script = Self.pair()
    let ids = (0..<3).flatMap { _ in script.publish("t", qos: .atLeastOnce, from: 0).messages(to: 1).map(\.packetID) }
    #expect(ids == [1, 2, 3])
    _ = script.say(.puback(Acknowledgement(2)), from: 1)
    #expect(script.publish("t", qos: .atLeastOnce, from: 0).messages(to: 1).map(\.packetID) == [4])
  }

  @Test func `answers to nothing are ignored but where something waits for them`() {
    var script = Self.pair()
    #expect(script.say(.puback(Acknowledgement(5)), from: 1) == [])
    #expect(script.say(.pubcomp(Acknowledgement(5)), from: 1) == [])
    #expect(
      script.say(.pubrec(Acknowledgement(5)), from: 1) == [
        .packet(1, .pubrel(Acknowledgement(5, .packetIdentifierNotFound)))
      ])
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    #expect(script.say(.pubcomp(Acknowledgement(1)), from: 1).farewell(to: 1) == .protocolError)
  }

  @Test func `an acknowledgement of a failure ends a delivery for good`() {
    var script = Script()
    _ = script.connect(0, "a")
    let kept: Properties = [.sessionExpiryInterval(60)]
    _ = script.connect(1, "b", kept)
    _ = script.subscribe("t", from: 1)
    _ = script.publish("t", qos: .atLeastOnce, from: 0)
    _ = script.say(.puback(Acknowledgement(1, .notAuthorized)), from: 1)
    _ = script.publish("t", qos: .exactlyOnce, id: 1, from: 0)
    _ = script.say(.pubrel(Acknowledgement(1)), from: 0)
    #expect(script.say(.pubrec(Acknowledgement(2, .quotaExceeded)), from: 1) == [])
    _ = script.lose(1)
    #expect(script.connect(1, "b", clean: false, kept).messages(to: 1) == [])
  }

  @Test func `a message that nobody wants is said at QoS 1`() {
    var script = Script()
    _ = script.connect(0)
    let said = script.publish("t", qos: .atLeastOnce, id: 4, from: 0)
    #expect(said == [.packet(0, .puback(Acknowledgement(4, .noMatchingSubscribers)))])
    _ = script.connect(1, "b", .v3_1_1)
    #expect(script.publish("t", qos: .atLeastOnce, id: 4, from: 1) == [.packet(1, .puback(Acknowledgement(4)))])
  }

  @Test func `whoever wants none of its own messages is a subscriber all the same`() {
    var script = Script()
    _ = script.connect(0)
    _ = script.subscribe("t", noLocal: true, from: 0)
    #expect(script.publish("t", qos: .atLeastOnce, from: 0) == [.packet(0, .puback(Acknowledgement(1)))])
  }

  @Test func `properties go on unaltered and in order`() {
    var script = Self.pair()
    let properties: Properties = [
      .userProperty(UserProperty("b", "1")), .payloadFormatIndicator(.utf8), .contentType("text/plain"),
      .userProperty(UserProperty("a", "2")), .responseTopic("answer"), .correlationData([1, 2, 0]),
      .userProperty(UserProperty("b", "1")),
    ]
    #expect(script.publish("t", properties, from: 0).messages(to: 1).map(\.properties) == [properties])
    _ = script.connect(2, "old", .v3_1_1)
    _ = script.subscribe("t", from: 2)
    #expect(script.publish("t", properties, from: 0).messages(to: 2).map(\.properties) == [[]])
  }

  @Test func `messages come in the order of their publisher`() {
    for qos in QoS.allCases {
      var script = Self.pair()
      var said: [String] = []
      for number in 0..<10 {
        said += script.publish("t", "\(number)", qos: qos, id: UInt16(number + 1), from: 0).payloads(to: 1)
      }
      if qos == .exactlyOnce {
        for number in 0..<10 {
          said += script.say(.pubrel(Acknowledgement(UInt16(number + 1))), from: 0).payloads(to: 1)
        }
      }
      #expect(said == (0..<10).map { "\($0)" })
    }
  }

  @Test func `what the broker does not offer ends the connection with its code`() {
    var script = Script {
      $0.maximumQoS = .atLeastOnce
      $0.retainAvailable = false
    }
    _ = script.connect(0)
    #expect(script.publish("t", qos: .exactlyOnce, from: 0).farewell(to: 0) == .qosNotSupported)
    _ = script.connect(1)
    #expect(script.publish("t", retain: true, from: 1).farewell(to: 1) == .retainNotSupported)
    _ = script.connect(2, "old", .v3_1_1)
    #expect(script.publish("t", retain: true, from: 2) == [.close(2)])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a payload larger than what is passed on is refused, and its client stays`(version: ProtocolVersion) {
    var script = Script { $0.maximumPayload = 3 }
    _ = script.connect(0, "p", version)
    _ = script.connect(1, "s", version)
    _ = script.subscribe("#", from: 1)
    let reason: ReasonCode = version == .v5 ? .quotaExceeded : .success
    #expect(script.publish("t", "abcd", retain: true, from: 0) == [] && script.state.retained.count == 0)
    let puback = script.publish("t", "abcd", qos: .atLeastOnce, id: 1, from: 0)
    #expect(puback == [.packet(0, .puback(Acknowledgement(1, reason)))])
    let pubrec = script.publish("t", "abcd", qos: .exactlyOnce, id: 2, from: 0)
    #expect(pubrec == [.packet(0, .pubrec(Acknowledgement(2, reason)))])
    #expect(script.publish("t", "abc", from: 0).payloads(to: 1) == ["abc"])
    #expect(script.state.statistics.publishesDropped == 3)
    let refusal: ReasonCode = version == .v5 ? .packetTooLarge : .notAuthorized
    let will = Will(topic: "w", payload: ByteBuffer(string: "abcd"))
    let said = script.connect(2, "w", version, will: will)
    #expect(said == [.packet(2, .connack(Connack(reasonCode: refusal))), .close(2)])
  }

  @Test func `more deliveries of QoS 2 than allowed end the connection`() {
    var script = Script { $0.receiveMaximum = 2 }
    _ = script.connect(0)
    _ = script.publish("t", qos: .exactlyOnce, id: 1, from: 0)
    _ = script.publish("t", qos: .exactlyOnce, id: 2, from: 0)
    #expect(!script.publish("t", qos: .exactlyOnce, id: 2, duplicate: true, from: 0).closes(0))
    _ = script.say(.pubrel(Acknowledgement(1)), from: 0)
    #expect(!script.publish("t", qos: .exactlyOnce, id: 3, from: 0).closes(0))
    #expect(script.publish("t", qos: .exactlyOnce, id: 4, from: 0).farewell(to: 0) == .receiveMaximumExceeded)
  }

  @Test func `nobody writes the tree of the broker, and a topic without end is refused`() {
    var script = Self.pair(.v5, "$SYS/#")
    #expect(
      script.publish("$SYS/x", qos: .atLeastOnce, from: 0) == [.packet(0, .puback(Acknowledgement(1, .notAuthorized)))])
    #expect(script.publish("$SYS", from: 0) == [])
    for topic in ["$SYS", "$SYS/broker/version"] {
      let said = script.connect(2, "w", will: Will(topic: topic, payload: ByteBuffer(), isRetained: true), [])
      #expect(said == [.packet(2, .connack(Connack(reasonCode: .notAuthorized))), .close(2)])
      _ = script.lose(2)
    }
    let deepest = String(repeating: "/", count: 200)
    #expect(script.subscribe(deepest, from: 1).codes(to: 1) == [.grantedQoS2])
    #expect(script.publish(deepest, from: 0).topics(to: 1) == [deepest])
    let deep = deepest + "/"
    let said = script.publish(deep, qos: .exactlyOnce, id: 3, from: 0)
    #expect(said == [.packet(0, .pubrec(Acknowledgement(3, .topicNameInvalid)))])
    #expect(script.subscribe(deep, from: 0).codes(to: 0) == [.topicFilterInvalid])
    #expect(script.state.sessions[0].unreleased.isEmpty)
  }

  @Test func `a client may publish to itself, and an end of DUP is an end of DUP`() {
    var script = Self.pair()
    let said = script.publish("t", qos: .atLeastOnce, id: 5, duplicate: true, from: 1)
    #expect(said.messages(to: 1).map(\.isDuplicate) == [false])
    #expect(said.packets(to: 1).contains(.puback(Acknowledgement(5))))
  }
}
