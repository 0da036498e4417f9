import TestSupport
import Testing

/// A broker that sends what it must not: the screen stays sane, and the program alive.
@Suite struct HostileBrokerTests {
  /// A server that has accepted the explorer in 3.1.1 and answered its subscriptions.
  private func connect() throws -> (TerminalSession, ScriptedServer.Connection, TemporaryFolder) {
    let server = try ScriptedServer()
    let folder = try TemporaryFolder()
    let arguments = [server.url, "--protocol", "3.1.1", "-t", "#"]
    let session = try Exploration.session(arguments, in: folder)
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 0x02, 0x00, 0x00])
    let subscribe = try connection.receivePacket()
    try connection.send([0x90, 0x03, subscribe[2], subscribe[3], 0x00])
    return (session, connection, folder)
  }

  private func quit(_ session: TerminalSession) throws {
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `escape sequences in topic and payload are shown and not obeyed`() throws {
    let (session, connection, folder) = try connect()
    let evil = Array("a\u{1b}]2;owned\u{7}\u{202e}b\u{9b}2J".utf8)
    try connection.send(HostileMeeting.publish(evil, evil + [0xff, 0xfe]))
    let screen = try session.wait(for: "␛]2;owned␇")
    #expect(screen.title != "owned" && screen.contains("Topics"))
    #expect(!screen.text.unicodeScalars.contains("\u{202e}"))
    try quit(session)
    withExtendedLifetime(folder) {}
  }

  @Test func `a topic of 65,535 bytes and one of a thousand levels are topics`() throws {
    let (session, connection, folder) = try connect()
    try connection.send(HostileMeeting.publish([UInt8](repeating: 0x78, count: 65_535), [0x31]))
    try connection.send(HostileMeeting.publish(Array(String(repeating: "l/", count: 1000).utf8), [0x32]))
    try session.wait { $0.rows[0].contains("2 topics") }
    try session.type("o")
    try session.wait { $0.contains("▾ l") }
    try session.press(.end)
    try session.wait { $0.tree.contains("xxxxxxxx") }
    try session.press(.home, .pageDown, .pageDown)
    try session.wait { !$0.tree.contains("xxxxxxxx") }
    try quit(session)
    withExtendedLifetime(folder) {}
  }

  @Test func `random bytes end the connection with a sentence`() throws {
    let (session, connection, folder) = try connect()
    try connection.send([0xf0, 0x00, 0xff, 0x13, 0x37])
    try session.wait { $0.contains("malformed") || $0.contains("protocol") }
    try quit(session)
    withExtendedLifetime(folder) {}
  }

  @Test func `a header that promises 256 MB costs nothing`() throws {
    let (session, connection, folder) = try connect()
    try connection.send([0x30, 0xff, 0xff, 0xff, 0x7f, 0x00, 0x01, 0x61])
    try session.type("?")
    try session.wait(for: "╭ Help")
    try quit(session)
    withExtendedLifetime(folder) {}
  }

  @Test func `invalid UTF-8 in a topic ends the connection with a sentence`() throws {
    let (session, connection, folder) = try connect()
    try connection.send(HostileMeeting.publish([0x61, 0xc3, 0x28], [0x31]))
    try session.wait { $0.contains("malformed") }
    try quit(session)
    withExtendedLifetime(folder) {}
  }

  @Test func `200,000 topics fill the tree, and keys are still answered`() throws {
    let (session, connection, folder) = try connect()
    for hundred in 0..<2000 {
      let packets = (0..<100).map { HostileMeeting.publish(Array("plant/line\(hundred)/sensor\($0)".utf8), [0x31]) }
      try connection.send(packets.flatMap { $0 }) { () throws(TestSupportError) in try session.look() }
    }
    try session.wait(within: .seconds(60)) { $0.rows[0].contains("200,000 topics") }
    try session.type("o")
    try session.wait { $0.contains("sensor99") }
    try session.type("/sensor77")
    try session.wait(within: .seconds(20)) { $0.contains("sensor77") && !$0.tree.contains("sensor98") }
    try quit(session)
    withExtendedLifetime(folder) {}
  }
}
