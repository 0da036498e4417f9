import MQTT
import MQTTClient
import TestSupport
import Testing

/// Brokers that say too little, too slowly, or half of it.
struct SilentBrokerTests {
  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that accepts and says nothing is given up and asked again`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.connectTimeout = .milliseconds(200) }
    let end = try broker.end(of: try broker.hear(), client, saying: .unspecifiedError)
    #expect(end.reason == .timedOut(.connack, 200_000_000) && end.retryIn != nil)
    #expect(end.description.hasSuffix("took the connection and did not answer within 0.2 s: is it an MQTT broker?"))
    try broker.expectReturn(of: client)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a CONNACK that comes byte by byte has no more time than any other`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.connectTimeout = .milliseconds(400) }
    let connection = try broker.hear()
    #expect(try !connection.trickle(broker.connack, every: .milliseconds(300)))
    let end = try broker.end(of: connection, client, saying: .unspecifiedError)
    #expect(end.reason == .timedOut(.connack, 400_000_000))
    try broker.expectReturn(of: client)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a message that takes several keep alives to come is no dead connection`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.keepAlive = 2 }
    let connection = try broker.accept()
    #expect(try connection.trickle(broker.message(9, "3.5 seconds pass"), every: .milliseconds(150)))
    #expect(try client.messages(1).map(\.topic) == ["t"])
    var packet = try connection.receivePacket()
    var pings = 0
    while packet == [0xC0, 0] {
      pings += 1
      packet = try connection.receivePacket()
    }
    #expect(packet == [0x40, 2, 0, 9] && pings > 0)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a broker that falls silent is pinged once and given up`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.keepAlive = 1 }
    let connection = try broker.accept()
    #expect(try connection.receivePacket() == [0xC0, 0])
    let end = try broker.end(of: connection, client, saying: .unspecifiedError)
    #expect(end.reason == .keepAliveLost(1) && end.retryIn != nil)
    try broker.expectReturn(of: client)
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a close in the middle of a packet loses that packet and nothing else`(version: ProtocolVersion) throws {
    let message = try HostileBroker(version).message(9)
    for count in 1..<message.count {
      // A broker and a client for each, since three such ends in a row are taken for a duel over the client identifier
      let broker = try HostileBroker(version)
      let client = broker.client()
      let connection = try broker.accept(broker.connack + message.prefix(count))
      connection.close()
      let end = try client.disconnection()
      #expect(end.reason == .closed(wasAccepted: true) && end.retryIn != nil)
      try broker.expectReturn(of: client)
    }
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a close in the middle of CONNACK is no connection`(version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client()
    for count in 0..<broker.connack.count {
      let connection = try broker.accept(Array(broker.connack.prefix(count)))
      connection.close()
      let end = try client.disconnection()
      #expect(end.reason == .closed(wasAccepted: false) && end.retryIn != nil)
    }
    try broker.expectReturn(of: client)
  }

  /// A TLS alert, HTTP, SSH, SMTP (whose first bytes are a PUBLISH of 50 bytes that never come).
  @Test(
    arguments: [
      [0x15, 3, 1, 0, 2, 2, 0x46], Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8),
      Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), Array("220 mail ESMTP\r\n".utf8),
    ] as [[UInt8]], ProtocolVersion.allCases)
  func `another protocol is not taken for MQTT`(answer: [UInt8], version: ProtocolVersion) throws {
    let broker = try HostileBroker(version)
    let client = broker.client { $0.connectTimeout = .milliseconds(200) }
    let connection = try broker.accept(answer)
    _ = try connection.receiveUntilClosed()
    connection.close()
    let end = try client.disconnection()
    guard case .notMQTT = end.reason else {
      Issue.record("\(end)")
      return
    }
    // A stranger stays one: only the person at the keys knows better
    #expect(end.retryIn == nil && !end.description.isEmpty)
    client.client.perform(.reconnect)
    try broker.expectReturn(of: client)
  }
}
