import MQTT
import MQTTClient
import TestSupport
import Testing

/// Packets that are well formed and out of place: the right code, the right sentence, and a connection that is good again.
struct BreachTests {
  /// A breach, and a word that its sentence must have.
  struct Breach: CustomStringConvertible, Sendable {
    let description: String
    let version: ProtocolVersion
    let packets: String
    var code = ReasonCode.protocolError
    let word: String
    var properties: Properties = []
  }

  @Test(arguments: [
    Breach(description: "CONNACK twice", version: .v5, packets: "20 03 00 00 00", word: "twice"),
    Breach(description: "CONNACK twice", version: .v3_1_1, packets: "20 02 00 00", word: "twice"),
    Breach(description: "AUTH", version: .v5, packets: "F0 06 18 04 15 0001 'm'", word: "AUTH"),
    Breach(
      description: "AUTH of another method", version: .v5, packets: "F0 06 18 04 15 0001 'n'", word: "AUTH",
      properties: [.authenticationMethod("m")]),
    Breach(
      description: "an alias that nobody introduced", version: .v5, packets: "30 06 0000 03 23 0001", word: "alias",
      properties: [.topicAliasMaximum(10)]),
    Breach(
      description: "more than the receive maximum", version: .v5,
      packets: "34 06 0001 't' 0001 00 34 06 0001 't' 0002 00", code: .receiveMaximumExceeded, word: "Receive Maximum",
      properties: [.receiveMaximum(1)]),
  ])
  func `a packet out of place ends the connection`(breach: Breach) throws {
    let broker = try HostileBroker(breach.version)
    let client = broker.client { $0.properties = breach.properties }
    // A broker that agrees to a method names it
    let agreed = breach.properties.authenticationMethod == nil ? nil : [UInt8](written: "20 07 00 00 04 15 0001 'm'")
    let connection = try broker.accept(agreed)
    _ = try client.connection()
    try connection.send([UInt8](written: breach.packets))
    let words = try connection.receiveUntilClosed()
    #expect(words.suffix(3) == broker.lastWords(breach.code).suffix(3))
    connection.close()
    try check(try client.disconnection(), breach.code, breach.word)
    let next = try broker.accept(agreed)
    _ = try client.connection()
    try broker.expectLife(of: next, client)
  }

  @Test(arguments: [
    Breach(description: "PUBLISH", version: .v5, packets: "30 04 0001 't' 00", word: "PUBLISH"),
    Breach(description: "PUBLISH", version: .v3_1_1, packets: "30 03 0001 't'", word: "PUBLISH"),
    Breach(description: "SUBACK", version: .v5, packets: "90 04 0001 00 00", word: "SUBACK"),
    Breach(description: "SUBACK", version: .v3_1_1, packets: "90 03 0001 00", word: "SUBACK"),
    Breach(description: "PINGRESP", version: .v3_1_1, packets: "D0 00", word: "PINGRESP"),
    Breach(description: "a session nobody asked for", version: .v5, packets: "20 03 01 00 00", word: "session"),
    Breach(description: "a session nobody asked for", version: .v3_1_1, packets: "20 02 01 00", word: "session"),
    Breach(description: "another identifier", version: .v5, packets: "20 07 00 00 04 12 0001 'x'", word: "identifier"),
    Breach(description: "a method", version: .v5, packets: "20 07 00 00 04 15 0001 'm'", word: "method"),
  ])
  func `an answer to CONNECT that is none is no connection`(breach: Breach) throws {
    let broker = try HostileBroker(breach.version)
    let client = broker.client()
    let connection = try broker.accept([UInt8](written: breach.packets))
    try check(try broker.end(of: connection, client, saying: breach.code), breach.code, breach.word)
    try broker.expectReturn(of: client)
  }

  /// What is asked of the client, and the answer that does not fit.
  @Test(
    arguments: [
      (.publish(1, Message(topic: "a", qos: .atLeastOnce)), "50 02 0001", "50 02 0001"),
      (.publish(1, Message(topic: "a", qos: .atLeastOnce)), "70 02 0001", "70 02 0001"),
      (.publish(1, Message(topic: "a", qos: .exactlyOnce)), "40 02 0001", "40 02 0001"),
      (.publish(1, Message(topic: "a", qos: .exactlyOnce)), "70 02 0001", "70 02 0001"),
      (.subscribe(1, [Subscription(filter: "a")], []), "90 05 0001 00 00 00", "90 04 0001 00 00"),
      (.subscribe(1, [Subscription(filter: "a"), Subscription(filter: "b")], []), "90 04 0001 00 00", "90 03 0001 00"),
      (.unsubscribe(1, ["a", "b"], []), "B0 04 0001 00 00", nil),
    ] as [(Request, String, String?)], ProtocolVersion.allCases)
  func `an acknowledgement of another kind or number ends the connection`(
    case: (request: Request, newer: String, older: String?), version: ProtocolVersion
  ) throws {
    guard let answer = version == .v5 ? `case`.newer : `case`.older else { return }
    let broker = try HostileBroker(version)
    let client = broker.client()
    let connection = try broker.accept()
    _ = try client.connection()
    client.client.perform(`case`.request)
    _ = try connection.receivePacket()
    try connection.send([UInt8](written: answer))
    try check(try broker.end(of: connection, client, saying: .protocolError), .protocolError, "")
    try broker.expectReturn(of: client)
  }

  private func check(_ end: Disconnection, _ code: ReasonCode, _ word: String) throws {
    guard case .protocolError(code, let sentence) = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(word.isEmpty || sentence.contains(word))
    #expect(end.description.hasPrefix("The broker broke the protocol: ") && end.retryIn != nil)
  }
}
