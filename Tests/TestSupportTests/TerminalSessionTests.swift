import Glibc
import TestSupport
import Testing

@Suite struct TerminalSessionTests {
  private func shell(_ script: String, columns: Int = 40, rows: Int = 5) throws -> TerminalSession {
    try TerminalSession("sh", ["-c", script], size: TerminalSize(columns: columns, rows: rows))
  }

  @Test func `a program sees a terminal of the size given`() throws {
    let session = try shell("stty size; tty")
    #expect(try session.waitForExit() == .exited(0))
    #expect(session.screen.rows[0] == "5 40")
    #expect(session.screen.rows[1].hasPrefix("/dev/pts/"))
  }

  @Test func `what is typed reaches the program and its echo the screen`() throws {
    let session = try shell("read word; echo got $word")
    try session.type("hello")
    try session.press(.enter)
    try session.wait(for: "got hello")
    #expect(session.screen.rows[0] == "hello")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `Ctrl+C interrupts: the terminal is the controlling one`() throws {
    let session = try shell("trap 'echo caught; exit 4' INT; echo ready; while :; do read x; done")
    try session.wait(for: "ready")
    try session.control("C")
    try session.wait(for: "caught")
    #expect(try session.waitForExit() == .exited(4))
  }

  @Test func `a resize is told to the program`() throws {
    let session = try shell("trap 'stty size' WINCH; echo ready; while :; do read x; done")
    try session.wait(for: "ready")
    try session.resize(to: TerminalSize(columns: 30, rows: 7))
    try session.wait(for: "7 30")
  }

  @Test func `a lost terminal hangs the program up`() throws {
    let session = try shell("echo ready; exec sleep 60")  // a reader may see the end before the signal
    try session.wait(for: "ready")
    session.device.hangUp()
    #expect(try session.device.process.waitForExit() == .killed(signal: SIGHUP))
  }

  @Test func `left-over terminal modes are seen`() throws {
    let session = try shell("stty raw -echo; echo ready; read x; stty sane")
    #expect(session.device.initialModes.echoes && session.device.initialModes.isLineByLine)
    try session.wait(for: "ready")
    let modes = try session.device.modes
    #expect(!modes.echoes && !modes.isLineByLine && modes != session.device.initialModes)
    try session.type("\n")
    _ = try session.waitForExit()
    #expect(try session.device.modes.echoes)
  }

  @Test func `the emulator's answers go back to the program`() throws {
    let session = try shell("stty raw -echo; printf '\\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c; stty sane")
    try session.wait(for: "[   1   ;   1   R")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `the environment is the one given`() throws {
    let session = try TerminalSession("sh", ["-c", "echo $TERM $COLORTERM $MORE"], environment: ["MORE": "more"])
    _ = try session.waitForExit()
    #expect(session.screen.text == "xterm-256color truecolor more")
  }

  @Test func `a screen that never comes shows the last one`() throws {
    let session = try shell("echo something else; exec cat")
    let error = #expect(throws: TestSupportError.self) {
      try session.wait(for: "never", within: .milliseconds(200))
    }
    #expect(error?.description.contains("something else") == true)
    #expect(error?.description.contains("TerminalSessionTests.swift:") == true)
  }

  @Test func `a program that ends instead is not waited for`() throws {
    let session = try shell("echo bye")
    let error = #expect(throws: TestSupportError.self) { try session.wait(for: "never", within: .seconds(60)) }
    #expect(error?.description.contains("has ended") == true)
  }
}
