import TestSupport
import Testing

/// The explorer in a terminal, with a home of its own, so that no draft or theme of the machine's user is in the picture.
struct Exploration {
  let broker: Mosquitto
  let session: TerminalSession

  static let wide = TerminalSize(columns: 120, rows: 30)

  /// Starts the explorer and waits for its first frame.
  init(
    _ broker: Mosquitto, _ arguments: [String] = ["-t", "home/#"], size: TerminalSize = wide,
    environment: [String: String] = [:]
  ) throws {
    self.broker = broker
    session = try Self.session([broker.url] + arguments, in: broker.folder, size: size, environment: environment)
    try session.wait(for: "mqttscope")
  }

  static func session(
    _ arguments: [String], in folder: TemporaryFolder, size: TerminalSize = wide, environment: [String: String] = [:]
  ) throws -> TerminalSession {
    let home = ["HOME": folder.path, "TERM": "xterm-256color"]
    return try TerminalSession(
      Products.mqttscope, arguments, size: size, environment: home.merging(environment) { $1 })
  }

  /// Publishes by a client that is not ours.
  static func publish(to broker: Mosquitto, _ topic: String, _ message: String, _ more: [String] = ["-r"]) throws {
    let arguments = ["-p", "\(broker.port)", "-t", topic, "-m", message] + more
    let outcome = try PipedProgram.run("mosquitto_pub", arguments)
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
  }

  /// What the broker keeps for a topic; empty when it keeps nothing, which is known when what it keeps for another one comes.
  static func retained(_ topic: String, in broker: Mosquitto) throws -> String {
    let mark = "mark"
    try publish(to: broker, mark, mark, ["-r", "-u", "admin"])
    let place = ["-p", "\(broker.port)", "-u", "admin"]
    let reader = try PipedProgram("mosquitto_sub", place + ["-t", topic, "-t", mark, "-N", "-F", "%p"])
    try reader.wait { $0.text.hasSuffix(mark) }
    return String(reader.text.dropLast(mark.count))
  }

  /// Waits until the tree shows the first level, opens everything, and goes to the last topic once this one is seen.
  func openAll(until topic: String) throws {
    try session.wait(for: "▸ home")
    try session.type("o")
    try session.wait { $0.tree.contains(topic) }
    try session.type("G")
  }

  /// Quits and proves that the terminal is as it was before.
  func quit() throws {
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    try expectRestored()
  }

  func expectRestored() throws {
    let screen = session.screen
    #expect(!screen.isAlternate && screen.cursor.isVisible && screen.text == "")
    #expect(session.terminal.mouseMode == 0)
    #expect(try session.device.modes == session.device.initialModes)
    session.terminal.paste("x")
    #expect(session.terminal.takeReplies() == [0x78], "pastes are still bracketed")
  }
}

extension Screen {
  /// What stands in the left pane of a wide screen.
  var tree: String { rows.map { String($0.prefix(48)) }.joined(separator: "\n") }
}
