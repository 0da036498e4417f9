import Glibc
import TestSupport
import Testing

/// However the explorer ends, the terminal is as it was.
@Suite struct EndingTests {
  @Test(arguments: ["q", "\u{3}"]) func `quitting restores the terminal`(key: String) throws {
    let exploration = try Exploration(try Mosquitto())
    try exploration.session.type(key)
    #expect(try exploration.session.waitForExit() == .exited(0))
    try exploration.expectRestored()
  }

  @Test(arguments: [nil, SIGTERM]) func `the broker is told goodbye`(signal: Int32?) throws {
    let broker = try Mosquitto()
    let exploration = try Exploration(broker)
    try exploration.session.wait(for: "subscribed to home/#")
    if let signal {
      exploration.session.device.process.send(signal: signal)
    } else {
      try exploration.session.type("q")
    }
    _ = try exploration.session.waitForExit()
    // Mosquitto's words for DISCONNECT; a client that vanished "closed its connection".
    try broker.waitForLog { $0.contains(/Client mqttscope-[0-9a-f]+ disconnected\./) }
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGABRT, SIGILL])
  func `a signal restores the terminal`(signal: Int32) throws {
    // Swift's own words about a crash, and its question, come after us and are not ours to test.
    let exploration = try Exploration(try Mosquitto(), environment: ["SWIFT_BACKTRACE": "enable=no"])
    exploration.session.device.process.send(signal: signal)
    _ = try exploration.session.waitForExit()
    let screen = exploration.session.screen
    #expect(!screen.isAlternate && screen.cursor.isVisible && exploration.session.terminal.mouseMode == 0)
    #expect(try exploration.session.device.modes == exploration.session.device.initialModes)
  }

  @Test func `a lost terminal ends the program`() throws {
    let exploration = try Exploration(try Mosquitto())
    exploration.session.device.hangUp()
    #expect(try exploration.session.device.process.waitForExit() != .killed(signal: SIGKILL))
  }

  @Test(arguments: ["dumb", "no-such-terminal", ""])
  func `a terminal that cannot show a screen gets a sentence`(kind: String) throws {
    let broker = try Mosquitto()
    let session = try Exploration.session([broker.url], in: broker.folder, environment: ["TERM": kind])
    #expect(try session.waitForExit() == .exited(1))
    #expect(session.screen.contains("mqttscope: ") && !session.screen.isAlternate)
  }

  @Test func `output that is not a terminal gets a sentence`() throws {
    let outcome = try PipedProgram.run(Products.mqttscope, ["127.0.0.1:1"])
    #expect(outcome.status == .exited(1) && outcome.output.isEmpty)
    #expect(outcome.errorText.hasPrefix("mqttscope: "))
  }

  @Test func `a theme that does not exist gets a sentence with those that do`() throws {
    let broker = try Mosquitto()
    let session = try Exploration.session([broker.url, "--theme", "nonsense"], in: broker.folder)
    #expect(try session.waitForExit() == .exited(1))
    #expect(session.screen.contains("nonsense") && session.screen.contains("dark") && !session.screen.isAlternate)
  }

  @Test func `without a UTF-8 locale the screen is sane`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "21.4")
    let exploration = try Exploration(broker, environment: ["LANG": "C", "LC_ALL": "C"])
    try exploration.session.wait(for: "home")
    let screen = try exploration.session.wait { $0.contains("1 topic") }
    #expect(screen.text.unicodeScalars.filter { !$0.isASCII } == [])
    try exploration.quit()
  }
}
