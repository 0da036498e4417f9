import MQTT
import NIOCore
import TestSupport
import Testing

@testable import MQTTBroker

/// From CONNECT to CONNACK.
struct ConnectTests {
  @Test(arguments: ProtocolVersion.allCases) func `a client is accepted by CONNACK before anything else`(
    version: ProtocolVersion
  ) {
    var script = Script()
    let said = script.connect(0, "0123456789abcdefABCDEFG", version)
    let properties: Properties = version == .v5 ? [.topicAliasMaximum(10), .receiveMaximum(20)] : []
    #expect(said == [.packet(0, .connack(Connack(properties: properties)))])
  }

  @Test(arguments: ProtocolVersion.allCases) func `what comes before CONNECT closes without a word`(
    version: ProtocolVersion
  ) {
    for packet in [Packet.pingreq, .publish(Publish(topic: "a")), .disconnect(Disconnect())] {
      var script = Script()
      script.open(0)
      #expect(script.say(packet, from: 0, in: version) == [.close(0)])
    }
  }

  @Test func `a second CONNECT is a protocol error`() {
    var script = Script()
    _ = script.connect(0)
    let said = script.say(.connect(Connect(clientID: "c0")), from: 0)
    #expect(said == [.packet(0, .disconnect(Disconnect(.protocolError))), .close(0)])
    _ = script.connect(1, "c1", .v3_1_1)
    #expect(script.say(.connect(Connect(clientID: "c1")), from: 1) == [.close(1)])
  }

  @Test(arguments: [
    ("10 0C 0004 'MQTT' 03 02 003C 0000", "20 02 00 01"), ("10 0D 0004 'MQTT' 06 02 003C 00 0000", "20 02 00 01"),
    ("10 0D 0004 'MQTX' 05 02 003C 00 0000", ""), ("10 0C 0004 'MQTT' 04 03 003C 0000", ""),
    ("10 0D 0004 'MQTT' 05 03 003C 00 0000", "20 03 00 81 00"), ("10 0C 0004 'MQTT' 04 82 003C 0000", ""),
    ("10 13 0004 'MQTT' 05 02 003C 06 21 0005 21 0005 0000", "20 03 00 82 00"),
  ])
  func `a CONNECT that is none is refused in words of its version, if it has any`(connect: String, answer: String) {
    var script = Script()
    script.open(0)
    let bytes = ByteBuffer(bytes: [UInt8](written: connect))
    let version = ProtocolVersion(rawValue: bytes.getInteger(at: 8, as: UInt8.self) ?? 0)
    script.adopt(version, at: 0)
    let said = script.say(bytes, from: 0)
    #expect(said.closes(0))
    #expect(said.bytes(to: 0, version: answer.hasPrefix("20 03") ? .v5 : .v3_1_1) == [UInt8](written: answer))
  }

  @Test func `nothing that follows a refused CONNECT is processed`() throws {
    var script = Script { $0.retainAvailable = false }
    script.open(0)
    var bytes = ByteBuffer()
    let will = Will(topic: "w", payload: ByteBuffer(), isRetained: true)
    try Packet.connect(Connect(clientID: "a", will: will)).encode(into: &bytes, version: .v5, from: .client)
    try Packet.publish(Publish(topic: "t")).encode(into: &bytes, version: .v5, from: .client)
    #expect(
      script.say(bytes, from: 0) == [.packet(0, .connack(Connack(reasonCode: .retainNotSupported))), .close(0)])
    #expect(script.state.statistics.publishesReceived == 0)
  }

  @Test func `a client without an identifier is given one that nobody has`() throws {
    var script = Script()
    let names = try (0..<2).map { place in
      try #require(script.connect(place, "").connack(to: place)?.properties.assignedClientIdentifier)
    }
    #expect(names[0] != names[1] && !names[0].isEmpty)
    #expect(script.connect(2, "", .v3_1_1) == [.packet(2, .connack(Connack()))])
  }

  @Test func `a client of 3_1_1 without an identifier cannot keep a session`() {
    var script = Script()
    script.open(0)
    let bytes = ByteBuffer(bytes: [UInt8](written: "10 0C 0004 'MQTT' 04 00 003C 0000"))
    #expect(
      script.say(bytes, from: 0) == [.packet(0, .connack(Connack(reasonCode: .clientIdentifierNotValid))), .close(0)])
  }

  @Test func `a session goes on or ends as CONNECT says`() {
    var script = Script()
    #expect(script.connect(0, "a", clean: false, [.sessionExpiryInterval(60)]).connack(to: 0)?.sessionPresent == false)
    _ = script.subscribe("t", from: 0)
    _ = script.lose(0)
    #expect(script.connect(0, "a", clean: false, [.sessionExpiryInterval(60)]).connack(to: 0)?.sessionPresent == true)
    #expect(script.state.subscriptions.count == 1)
    _ = script.lose(0)
    #expect(script.connect(0, "a", clean: true).connack(to: 0)?.sessionPresent == false)
    #expect(script.state.subscriptions.count == 0)
  }

  @Test func `a session of 3_1_1 that is not clean stays, a clean one ends with its connection`() {
    var script = Script()
    #expect(script.connect(0, "a", .v3_1_1, clean: false).connack(to: 0)?.sessionPresent == false)
    _ = script.lose(0)
    _ = script.wait(1_000_000)
    #expect(script.connect(0, "a", .v3_1_1, clean: false).connack(to: 0)?.sessionPresent == true)
    _ = script.lose(0)
    #expect(script.connect(0, "a", .v3_1_1, clean: true).connack(to: 0)?.sessionPresent == false)
    _ = script.lose(0)
    #expect(script.connect(0, "a", .v3_1_1, clean: false).connack(to: 0)?.sessionPresent == false)
  }

  @Test(arguments: ProtocolVersion.allCases) func `the older of two clients with one identifier is pushed out`(
    version: ProtocolVersion
  ) {
    var script = Script()
    _ = script.connect(0, "a", version)
    let said = script.connect(1, "a", version)
    #expect(said.closes(0) && said.connack(to: 1)?.reasonCode == .success)
    #expect(said.farewell(to: 0) == (version == .v5 ? .sessionTakenOver : nil))
    #expect(script.say(.pingreq, from: 0) == [])
    _ = script.lose(0)
    #expect(script.say(.pingreq, from: 1) == [.packet(1, .pingresp)])
  }

  @Test func `CONNACK says what is not offered`() {
    var script = Script {
      $0.maximumQoS = .atLeastOnce
      $0.retainAvailable = false
      $0.wildcardsAvailable = false
      $0.sharedAvailable = false
      $0.identifiersAvailable = false
      $0.receiveMaximum = 3
      $0.maximumPacketSize = 1_000
      $0.topicAliasMaximum = 0
      $0.keepAlive = 30
      $0.sessionExpiry = 100
    }
    let connack = script.connect(0, "a", keepAlive: 60, [.sessionExpiryInterval(200)]).connack(to: 0)
    #expect(
      connack?.properties == [
        .serverKeepAlive(30), .sessionExpiryInterval(100), .retainAvailable(false), .maximumPacketSize(1_000),
        .receiveMaximum(3), .maximumQoS(.atLeastOnce), .wildcardSubscriptionAvailable(false),
        .subscriptionIdentifierAvailable(false), .sharedSubscriptionAvailable(false),
      ])
  }

  @Test func `response information is told to whoever asks`() {
    var script = Script()
    #expect(script.connect(0).connack(to: 0)?.properties.responseInformation == nil)
    let asked = script.connect(1, "b", [.requestResponseInformation(true)]).connack(to: 1)
    #expect(asked?.properties.responseInformation?.hasPrefix("response/") == true)
    let declined = script.connect(2, "c", [.requestResponseInformation(false)]).connack(to: 2)
    #expect(declined?.properties.responseInformation == nil)
  }

  @Test func `whoever does not say CONNECT in time is closed`() {
    var script = Script()
    script.open(0)
    #expect(script.wait(9) == [])
    #expect(script.wait(1) == [.close(0)])
  }
}

extension Script {
  /// A CONNECT that cannot be read sets no version; the shell looks for it.
  mutating func adopt(_ version: ProtocolVersion?, at place: Int) {
    if let version { decoders[place]?.version = version }
  }
}

extension [Script.Said] {
  /// The packets to a client as bytes.
  fileprivate func bytes(to place: Int, version: ProtocolVersion) -> [UInt8] {
    var buffer = ByteBuffer()
    for packet in packets(to: place) { try? packet.encode(into: &buffer, version: version, from: .server) }
    return [UInt8](buffer.readableBytesView)
  }
}
