import TestSupport
import Testing

/// Servers that are no brokers, or bad ones: a sentence each, no end, and `r` finds a good one.
@Suite struct ExploreHostileTests {
  @Test func `a web server is told from a broker`() throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.accept()
    try connection.send(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8))
    connection.close()
    try meeting.wait(forSentence: "answers in HTTP")
    try meeting.expectAlive()
  }

  @Test func `silence after the connection was taken is explained`() throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.accept()
    try meeting.wait(forSentence: "took the connection and did not answer within 10 s: is it an MQTT broker?")
    connection.close()
    try meeting.expectAlive()
  }

  @Test func `a close without an answer is explained`() throws {
    let meeting = try HostileMeeting()
    try meeting.accept().close()
    try meeting.wait(
      forSentence: "closed the connection without an answer: is it an MQTT broker, and does it expect TLS?")
    try meeting.expectAlive()
  }

  @Test(arguments: [false, true]) func `an end in the middle of a packet is explained`(isReset: Bool) throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.welcome()
    try connection.send([0x30, 0x20, 0x00, 0x05, 0x68])
    try meeting.session.wait(for: "Connected, and subscribed to #.")
    if isReset { connection.reset() } else { connection.close() }
    try meeting.wait(forSentence: "The broker closed the connection without a word.")
    try meeting.expectAlive()
  }

  @Test func `a packet of 256 MB that never comes takes no memory and no attention`() throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.welcome()
    try connection.send(HostileMeeting.publish(Array("first".utf8), Array("1".utf8)))
    try meeting.session.wait(for: "first")
    let before = try Exploration.residentMemory(of: meeting.session)
    try connection.send([0x30, 0xff, 0xff, 0xff, 0x7f, 0x00, 0x01, 0x61])
    try meeting.session.type("?")
    try meeting.session.wait(for: "╭ Help")
    try meeting.session.press(.escape)
    try meeting.session.wait { !$0.contains("╭ Help") }
    #expect(try Exploration.residentMemory(of: meeting.session) - before < 16 << 10)
    connection.close()
    try meeting.wait(forSentence: "retry ")
    try meeting.expectAlive()
  }

  @Test(
    arguments: [
      [0x61, 0xc3, 0x28], [0x61, 0xff], [0xed, 0xa0, 0x80], [0x61, 0x00, 0x62], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80],
      [],
      [0x61, 0x2f, 0x23], [0x2b],
    ] as [[UInt8]])
  func `a topic that MQTT forbids ends the connection with a sentence`(topic: [UInt8]) throws {
    let meeting = try HostileMeeting()
    let connection = try meeting.welcome()
    try connection.send(HostileMeeting.publish(topic, [0x31]))
    try meeting.session.wait { $0.flowing.contains("The broker sent a malformed packet.") }
    try meeting.expectAlive()
  }

  @Test(arguments: [1, 2, 3, 4]) func `any bytes end in a sentence`(seed: UInt64) throws {
    var random = Chance(seed: seed)
    let meeting = try HostileMeeting()
    for round in 0..<4 {
      let connection = try meeting.welcome()
      try meeting.session.wait { $0.rows[0].contains("MQTT 3.1.1") && !$0.rows[0].contains("retry") }
      let bytes = (0..<Int(random.next() % 500 + 1)).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
      try? connection.send(bytes)
      connection.close()
      try meeting.session.wait { screen in
        ["malformed", "broke the protocol", "without a word", "network failed", "ended the connection"].contains {
          screen.flowing.contains($0)
        } || screen.rows[0].contains("retry") || screen.rows[0].contains("connecting")
      }
      if round < 3 { try meeting.session.type("r") }
    }
    try meeting.expectAlive()
  }

  @Test func `a broker of 5 that breaks the protocol is told so`() throws {
    let meeting = try HostileMeeting(version: "5")
    let connection = try meeting.accept()
    try connection.send([0x20, 0x03, 0x00, 0x00, 0x00])
    _ = try connection.receivePacket()
    try connection.send([0x20, 0x03, 0x00, 0x00, 0x00])  // a second CONNACK
    let goodbye = try connection.receivePacket()
    #expect(goodbye[0] == 0xe0 && goodbye[2] == 0x82)
    try meeting.wait(forSentence: "The broker broke the protocol")
    try meeting.session.control("C")
    #expect(try meeting.session.waitForExit() == .exited(0))
  }
}
