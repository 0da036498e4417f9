import TestSupport
import Testing

/// Words on standard error that come from a broker, a file or the command line: no terminal obeys them.
@Suite struct StandardErrorTests {
  private static let evil = "\u{1b}]2;owned\u{7}\u{202e}\u{9b}2Jé"
  private static let seen = "␛]2;owned␇⟨U+202E⟩⟨U+009B⟩2Jé"

  /// Whether the words are shown whole, on lines of their own, and nothing else than text is there.
  private func expectHarmless(_ outcome: PipedProgram.Outcome, _ status: Int32, shows words: String = seen) {
    #expect(outcome.status == .exited(status) && outcome.output.isEmpty)
    #expect(outcome.errorText.contains(words), "\(outcome.errorText.debugDescription)")
    let harmful = outcome.errorText.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || (0x7f..<0xa0).contains($0.value) || $0.value == 0x202e)
    }
    #expect(harmful.isEmpty)
  }

  /// A packet of 5.0 with these bytes, then the properties: a reason string.
  private func packet(_ first: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    let reason = Array(Self.evil.utf8)
    let properties = [0x1F, 0, UInt8(reason.count)] + reason
    let rest = bytes + [UInt8(properties.count)] + properties
    return [first, UInt8(rest.count)] + rest
  }

  private func answer(_ connection: ScriptedServer.Connection, _ bytes: [UInt8]) throws {
    _ = try connection.receivePacket()
    try connection.send(bytes)
  }

  @Test func `a refusal of the connection`() throws {
    let server = try ScriptedServer()
    let program = try PipedProgram(Products.mqttscope, ["publish", server.url, "t", "-m", "x", "--protocol", "5"])
    let connection = try server.accept()
    try answer(connection, packet(0x20, [0, 0x87]))
    expectHarmless(try program.finish(), 77)
  }

  @Test func `a refusal of a message, of a subscription, and the end of the connection`() throws {
    let server = try ScriptedServer()
    let accepted: [UInt8] = [0x20, 3, 0, 0, 0]
    let publish = try PipedProgram(Products.mqttscope, ["publish", server.url, "t", "-m", "x", "-q", "1"])
    let one = try server.accept()
    try answer(one, accepted)
    try answer(one, packet(0x40, [0, 1, 0x87]))
    expectHarmless(try publish.finish(), 77)

    for isRefused in [true, false] {
      let subscribe = try PipedProgram(Products.mqttscope, ["subscribe", server.url, "t"])
      let two = try server.accept()
      try answer(two, accepted)
      // The reason code of SUBACK stands behind the properties
      var suback = packet(0x90, [0, 1]) + [0x87]
      suback[1] += 1
      try answer(two, isRefused ? suback : packet(0xE0, [0x98]))
      expectHarmless(try subscribe.finish(), isRefused ? 77 : 1)
    }
  }

  @Test func `what stands on the command line or in a file`() throws {
    let folder = try TemporaryFolder()
    for arguments in [
      ["publish", "localhost", "a/#\(Self.evil)", "-m", "x"], ["subscribe", "localhost", "t", "--x\(Self.evil)"],
      ["subscribe", "localhost", "t", "--format", Self.evil],
    ] {
      expectHarmless(try PipedProgram.run(Products.mqttscope, arguments), 64)
    }
    let missing = ["publish", "localhost", "t", "--file", "\(folder.path)/\(Self.evil)"]
    expectHarmless(try PipedProgram.run(Products.mqttscope, missing), 1)
  }
}
