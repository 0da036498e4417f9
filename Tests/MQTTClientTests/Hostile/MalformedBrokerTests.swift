import MQTT
import MQTTClient
import TestSupport
import Testing

/// A broker that sends a bad packet of every kind, through a real socket.
struct MalformedBrokerTests {
  private static let all = Malformed.all.filter { $0.sender == .server }

  @Test(arguments: all)
  func `a bad packet is answered with its code and told with its field, and the next connection is good`(
    bad: Malformed
  ) throws {
    let broker = try HostileBroker(bad.version)
    let client = broker.client { $0.properties = [.topicAliasMaximum(10)] }
    let connection = try broker.accept()
    _ = try client.connection()
    try connection.send(bad.bytes)
    try check(try broker.end(of: connection, client, saying: bad.reason), bad)
    try broker.expectReturn(of: client)
  }

  @Test(arguments: Malformed.connack)
  func `a bad answer to CONNECT is no connection, and the next one is good`(bad: Malformed) throws {
    let broker = try HostileBroker(bad.version)
    let client = broker.client()
    let connection = try broker.accept(bad.bytes)
    try check(try broker.end(of: connection, client, saying: bad.reason), bad)
    try broker.expectReturn(of: client)
  }

  private func check(_ end: Disconnection, _ bad: Malformed) throws {
    guard case .malformed(let packet) = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(packet.field == bad.field && packet.offset == bad.offset && packet.reason == bad.reason)
    #expect(end.description.contains(bad.field))
    #expect(end.retryIn != nil)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `the bad packets are of every kind that a broker sends`(version: ProtocolVersion) {
    let kinds = Set(Self.all.filter { $0.version == version }.map { $0.bytes[0] >> 4 })
    // CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, PINGRESP; 5.0 has DISCONNECT and AUTH too
    let older: Set<UInt8> = [2, 3, 4, 5, 6, 7, 9, 11]
    #expect(kinds.isSuperset(of: version == .v5 ? older.union([13, 14, 15]) : older))
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that never mends is asked again and again, at growing distances`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client()
    for attempt in 1...6 {
      let number = try client.next("attempt") { if case .connecting(let number, _, _) = $0 { number } else { nil } }
      #expect(number == attempt)
      let connection = try broker.accept(broker.connack + [0x00, 0x00])
      _ = try client.connection()
      let retry = try #require(try broker.end(of: connection, client, saying: .protocolError).retryIn)
      #expect(retry <= 20_000_000 && retry <= 1_000_000 << Int64(attempt - 1))
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a packet larger than we take is refused from its header`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.maximumPacketSize = 1000 }
    let connection = try broker.accept()
    try connection.send([0x30, 0xE8, 0x07])
    let end = try broker.end(of: connection, client, saying: .packetTooLarge)
    #expect(end.description.contains("1000") || end.description.contains("1,000"), "\(end)")
    try broker.expectReturn(of: client)
  }
}
