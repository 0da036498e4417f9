import FoundationEssentials
import TestSupport
import Testing

/// A session that outlives the program: what had been sent is sent again by the next run, and nothing else.
@Suite struct PersistentSessionTests {
  private let server: ScriptedServer
  private let folder: TemporaryFolder

  init() throws {
    server = try ScriptedServer()
    folder = try TemporaryFolder()
  }

  /// A `publish` that has been accepted, and its connection.
  private func publish(
    _ message: String, present: UInt8, _ more: [String] = []
  ) throws -> (PipedProgram, ScriptedServer.Connection) {
    let program = try PipedProgram(
      Products.mqttscope,
      ["publish", server.url, "t", "-m", message, "--qos", "2", "--client-id", "a/b", "--protocol", "5"] + more,
      environment: TestEnvironment.inherited(adding: ["XDG_STATE_HOME": folder.path]))
    program.closeInput()
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 3, present, 0, 0])
    return (program, connection)
  }

  private func packet(_ first: UInt8, _ id: UInt8, _ text: Character) throws -> [UInt8] {
    [first, 7, 0, 1, 0x74, 0, id, 0, try #require(text.asciiValue)]
  }

  @Test func `a program that is killed takes up its delivery when it is started again`() throws {
    let (first, one) = try publish("x", present: 0, ["--persistent"])
    #expect(try one.receivePacket() == packet(0x34, 1, "x"))
    first.process.send(signal: 9)
    #expect(try first.process.waitForExit() == .killed(signal: 9))
    one.close()

    let (second, two) = try publish("y", present: 1, ["--persistent"])
    #expect(try two.receivePacket() == packet(0x3C, 1, "x"))
    #expect(try two.receivePacket() == packet(0x34, 2, "y"))
    try two.send([0x50, 2, 0, 1, 0x50, 2, 0, 2])
    #expect(try two.receive(8) == [0x62, 2, 0, 1, 0x62, 2, 0, 2])
    second.process.send(signal: 9)
    _ = try second.process.waitForExit()
    two.close()

    let (third, three) = try publish("z", present: 1, ["--persistent"])
    #expect(try three.receive(8) == [0x62, 2, 0, 1, 0x62, 2, 0, 2])
    #expect(try three.receivePacket() == packet(0x34, 3, "z"))
    try three.send([0x70, 2, 0, 1, 0x70, 2, 0, 2, 0x50, 2, 0, 3])
    #expect(try three.receivePacket() == [0x62, 2, 0, 3])
    try three.send([0x70, 2, 0, 3])
    #expect(try three.receivePacket().first == 0xE0)
    three.close()
    let end = try third.finish()
    #expect(end.status == .exited(0) && end.errorText.contains("Messages under way to the broker: 2"))
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/mqttscope/sessions")
    #expect(files == ["a%2Fb@127.0.0.1%3A\(server.port)"])
  }

  /// A `subscribe` of a kept session that has been accepted, and its connection.
  private func subscribe(
    present: UInt8, _ more: [String] = []
  ) throws -> (PipedProgram, ScriptedServer.Connection) {
    let program = try PipedProgram(
      Products.mqttscope,
      ["subscribe", server.url, "t", "--format", "json", "--qos", "2", "--client-id", "s", "--persistent"] + more,
      environment: TestEnvironment.inherited(adding: ["XDG_STATE_HOME": folder.path]))
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send([0x20, 3, present, 0, 0])
    if present == 0 {
      #expect(try connection.receivePacket().first == 0x82)
      try connection.send([0x90, 4, 0, 1, 0, 2])
    }
    return (program, connection)
  }

  @Test func `a message that nobody has read is not acknowledged, and has the same number in the next run`() throws {
    let (first, one) = try subscribe(present: 0)
    try one.send(packet(0x34, 1, "x"))
    #expect(try one.receivePacket() == [0x50, 2, 0, 1])
    try one.send([0x62, 2, 0, 1])
    #expect(try one.receivePacket() == [0x70, 2, 0, 1])
    // Nobody reads on, so that what comes next stays in the program
    let filler = [UInt8](repeating: 0x61, count: 90_000)
    try one.send([0x34, 0x96, 0xBF, 0x05, 0, 1, 0x74, 0, 2, 0] + filler)
    #expect(throws: TestSupportError.self) { try one.receive(1, within: .milliseconds(300)) }
    first.process.send(signal: 9)
    _ = try first.process.waitForExit()
    one.close()

    let (second, two) = try subscribe(present: 1, ["--count", "1"])
    try two.send(packet(0x3C, 2, "y") + packet(0x34, 3, "z"))
    #expect(try two.receivePacket() == [0x50, 2, 0, 2])
    // More came than was asked for: that stays at the broker
    #expect(try two.receivePacket().first == 0xE0)
    two.close()
    let end = try second.finish()
    #expect(end.status == .exited(0) && end.outputText.contains(#""number":2,"payload":"y""#))
  }

  @Test func `a session of somebody else is left alone, and the way out is said`() throws {
    let (program, connection) = try publish("x", present: 1, ["--persistent"])
    #expect(try connection.receivePacket().prefix(3) == [0xE0, 1, 0x82])
    connection.close()
    let end = try program.finish()
    #expect(end.status == .exited(1))
    #expect(end.errorText.contains("“a/b”") && end.errorText.contains("clean start"))
  }

  @Test func `two programs do not share a session's file`() throws {
    let (first, one) = try publish("x", present: 0, ["--persistent"])
    #expect(try one.receivePacket() == packet(0x34, 1, "x"))
    let (second, two) = try publish("y", present: 0, ["--persistent"])
    #expect(try two.receivePacket() == packet(0x34, 1, "y"))
    try two.send([0x50, 3, 0, 1, 0x87])
    #expect(try two.receivePacket().first == 0xE0)
    two.close()
    #expect(try second.finish().errorText.contains("Another program uses the session's file"))
    first.process.send(signal: 9)
    _ = try first.process.waitForExit()
  }
}
