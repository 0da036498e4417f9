import Glibc
import TestSupport
import Testing

/// The terminal's modes after every end, with the screen in any state.
@Suite struct ExploreEndingTests {
  /// Every mode that is switched on is switched off again later.
  private func expectModesLeft(_ transcript: [UInt8]) {
    let text = String(decoding: transcript, as: UTF8.self)
    for mode in ["1049", "1002", "1006", "1004", "2004"] {
      let on = text.ranges(of: "\u{1b}[?\(mode)h").last?.lowerBound
      let off = text.ranges(of: "\u{1b}[?\(mode)l").last?.lowerBound
      #expect(on != nil && off.map { off in on.map { $0 < off } ?? false } ?? false, "mode \(mode)")
    }
  }

  @Test(arguments: ["q", "\u{3}", "p\u{3}", "/x\u{3}", "?\u{3}", "zq q", "/x\u{1b}q"])
  func `quitting from anywhere leaves no mode behind`(keys: String) throws {
    let exploration = try Exploration(try Mosquitto())
    try exploration.session.wait(for: "subscribed to home/#")
    for key in keys {
      try exploration.session.type(String(key))
      if key == "\u{1b}" { try exploration.session.wait { !$0.contains("filter x") } }
    }
    #expect(try exploration.session.waitForExit() == .exited(0))
    try exploration.expectRestored()
    expectModesLeft(exploration.session.transcript)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP])
  func `a signal in the middle of the form leaves no mode behind`(signal: Int32) throws {
    let exploration = try Exploration(try Mosquitto(), environment: ["SWIFT_BACKTRACE": "enable=no"])
    let session = exploration.session
    try session.wait(for: "subscribed to home/#")
    try session.type("p")
    try session.wait(for: "╭ Publish")
    session.device.process.send(signal: signal)
    let status = try session.waitForExit()
    let isAsked = [SIGTERM, SIGINT, SIGHUP].contains(signal)
    #expect(isAsked ? status == .exited(0) : status == .killed(signal: signal))
    try Exploration.expectRestored(session)
    expectModesLeft(session.transcript)
  }

  @Test func `a crash while a program has the terminal leaves the terminal to it`() throws {
    let broker = try Mosquitto()
    let pager = try Exploration.script("echo the pager waits; read line", named: "pager", in: broker.folder)
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, environment: ["PAGER": pager, "SWIFT_BACKTRACE": "enable=no"])
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "1 kept of 1")
    try exploration.session.type("e")
    try exploration.session.wait { !$0.isAlternate && $0.contains("the pager waits") }
    exploration.session.device.process.send(signal: SIGSEGV)
    #expect(try exploration.session.waitForExit() == .killed(signal: SIGSEGV))
    #expect(try exploration.session.device.modes == exploration.session.device.initialModes)
    #expect(!exploration.session.screen.isAlternate && exploration.session.screen.cursor.isVisible)
  }

  @Test func `a payload is copied as its bytes, whatever they are`() throws {
    let broker = try Mosquitto()
    let file = try broker.folder.write("", to: "payload")
    #expect(try PipedProgram.run("sh", ["-c", #"printf '\033]2;x\007\377\000é' > \#(file)"#]).status == .exited(0))
    let sent = try PipedProgram.run("mosquitto_pub", ["-p", "\(broker.port)", "-t", "home/bin", "-r", "-f", file])
    #expect(sent.status == .exited(0))
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "bin")
    try exploration.session.wait(for: "1 kept of 1")
    try exploration.session.type("y")
    try exploration.session.wait { _ in exploration.session.terminal.systemCommands.count == 1 }
    #expect(exploration.session.terminal.systemCommands == ["52;c;G10yO3gH/wDDqQ=="])
    try exploration.quit()
  }
}
