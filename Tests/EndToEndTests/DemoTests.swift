import Glibc
import TestSupport
import Testing

/// `mqttscope demo`, which needs nothing but a terminal.
struct DemoTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func demo(_ arguments: String...) throws -> TerminalSession {
    try Exploration.session(["demo"] + arguments, in: folder)
  }

  @Test func `a world fills the tree, the tour is given, and F3 ends it`() throws {
    let session = try demo()
    try session.wait(for: "Tour, 1 of 12")
    for branch in ["▸ archive", "▸ fleet", "▸ home", "▸ homeassistant", "▸ spBv1.0", "▸ zigbee2mqtt", "▸ 天气"] {
      try session.wait(for: branch)
    }
    try session.type("\u{1b}OR")  // F3
    try session.wait { !$0.text.contains("Tour") && $0.text.contains("▸ $SYS") }
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `a light obeys what the form publishes`() throws {
    try switchOn(in: try demo("--no-tour"))
  }

  @Test func `the world fills the tree of a broker of others too, and the light obeys there`() throws {
    let world = try PlayedWorld()
    defer { world.stop() }
    let session = try Exploration.session([world.broker.url], in: folder)
    for branch in ["▸ archive", "▸ fleet", "▸ homeassistant", "▸ spBv1.0", "▸ zigbee2mqtt", "▸ 天气"] {
      try session.wait(for: branch)
    }
    try switchOn(in: session)
  }

  private func switchOn(in session: TerminalSession) throws {
    // With those of the lights, whose controller has subscribed before it says anything
    try session.wait { $0.matches("▸ home +[1-9][0-9]") }
    try session.type("p")
    try session.wait(for: "Publish")
    try session.type(String(repeating: "\u{7f}", count: 40) + "home/kitchen/light/set\rON")
    try session.control("S")
    try session.wait(for: "sent")
    try session.type("\u{1b}")
    try session.type("/home/kitchen/light\r")
    try session.wait { screen in
      screen.tree.split(separator: "\n").contains { $0.contains("light") && $0.contains("ON") }
    }
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `a signal ends it with the terminal as it was`() throws {
    let session = try demo()
    try session.wait(for: "▸ home")
    session.device.process.send(signal: SIGTERM)
    _ = try session.waitForExit()
    #expect(!session.screen.isAlternate && session.screen.cursor.isVisible)
  }

  @Test(arguments: [["--topics", "-1"], ["--rate", "many"], ["--memory", "1MB"]])
  func `a scale that cannot be is a sentence`(arguments: [String]) throws {
    let outcome = try PipedProgram.run(Products.mqttscope, ["demo"] + arguments)
    #expect(outcome.status == .exited(64) && !outcome.errorText.isEmpty)
  }
}
