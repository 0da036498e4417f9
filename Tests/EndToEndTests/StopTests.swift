import Glibc
import TestSupport
import Testing

/// The program stopped and continued by a shell, and where there is none.
@Suite struct StopTests {
  private func shell(in folder: TemporaryFolder, _ environment: [String: String] = [:]) throws -> TerminalSession {
    let usual = ["HOME": folder.path, "PS1": "prompt> ", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""]
    let shell = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"], size: Exploration.wide, environment: usual.merging(environment) { $1 })
    try shell.wait(for: "prompt>")
    try shell.type("set -b\r")  // a job that stops is told at once
    try shell.wait { $0.rows[1].hasPrefix("prompt>") }
    return shell
  }

  /// A shell in which the explorer runs, and its process.
  private func explorer(
    _ broker: Mosquitto, _ environment: [String: String] = [:]
  ) throws -> (shell: TerminalSession, pid: pid_t) {
    let shell = try shell(in: broker.folder, environment)
    try shell.type("sh -c 'echo $$ >~/pid; exec \(Products.mqttscope) \(broker.url)'\r")
    try shell.wait { $0.isAlternate && $0.contains("Topics") }
    return (shell, try ProcessFile(path: "\(broker.folder.path)/pid").wait())
  }

  /// Has the shell go on with a job whose last word is `asks`.
  private func bringBack(_ shell: TerminalSession) throws {
    try shell.type("fg\r")
    try shell.wait { screen in
      let command = screen.rows.lastIndex { ["fg", "prompt> fg"].contains($0) }
      return command.map { screen.rows[$0...].contains { $0.hasSuffix("asks") } } ?? false
    }
  }

  private func expectAlive(_ shell: TerminalSession) throws {
    try shell.type("echo al''ive\r")
    try shell.wait { $0.rows.contains("alive") }
  }

  private func expectOurs(_ shell: TerminalSession) throws {
    #expect(shell.terminal.mouseMode != 0)
    try shell.type("?")
    try shell.wait(for: "╭ Help")
    try shell.control("C")
    try shell.wait { !$0.isAlternate }
    try expectAlive(shell)
  }

  @Test func `Ctrl+Z gives the terminal back to the shell, and fg brings the screen again`() throws {
    let (shell, _) = try explorer(try Mosquitto())
    try shell.control("Z")
    try shell.wait { !$0.isAlternate && $0.contains("Stopped") && $0.cursor.isVisible }
    #expect(shell.terminal.mouseMode == 0)
    try shell.type("fg\r")
    try shell.wait { $0.isAlternate && $0.contains("Topics") }
    try expectOurs(shell)
  }

  @Test func `a stop by a signal does the same, and the screen fits a window that has another size meanwhile`() throws {
    let broker = try Mosquitto()
    let (shell, pid) = try explorer(broker)
    #expect(kill(pid, SIGTSTP) == 0)
    try shell.wait { !$0.isAlternate && $0.contains("Stopped") && $0.cursor.isVisible }
    try shell.resize(to: TerminalSize(columns: 90, rows: 40))
    try Exploration.publish(to: broker, "home/light", "while stopped")
    try shell.type("fg\r")
    try shell.wait { $0.isAlternate && $0.contains("▸ home") && $0.rows[39].contains("help") }
    try expectOurs(shell)
  }

  @Test func `where no shell could continue it, Ctrl+Z does not stop it`() throws {
    let exploration = try Exploration(try Mosquitto())
    try exploration.session.control("Z")
    try exploration.session.type("?")
    try exploration.session.wait { $0.isAlternate && $0.contains("╭ Help") }
    try exploration.quit()
  }

  @Test func `one that was stopped by SIGSTOP has the terminal as it needs it when it goes on`() throws {
    let (shell, pid) = try explorer(try Mosquitto())
    #expect(kill(pid, SIGSTOP) == 0)
    try shell.wait { $0.contains("Stopped") }
    try shell.type("fg\r")
    try shell.wait { $0.isAlternate && $0.contains("Topics") && !$0.contains("Stopped") }
    try expectOurs(shell)
  }

  @Test func `a pager that Ctrl+Z has stopped is there again at the first fg`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home", "the payload")
    let pager = try Exploration.script("echo page; read line; echo $line", named: "pager", in: broker.folder)
    let (shell, _) = try explorer(broker, ["PAGER": pager])
    try shell.wait { $0.contains("the payload") }
    try shell.type("e")
    try shell.wait { $0.rows.contains("page") }
    try shell.control("Z")
    try shell.wait { $0.contains("Stopped") }
    try shell.type("fg\r")
    try shell.wait { $0.rows.last { !$0.isEmpty }?.contains("mqttscope") == true }
    try shell.type("\r")
    try shell.wait { $0.isAlternate && $0.contains("the payload") }
    try expectOurs(shell)
  }

  @Test(arguments: ["kill %1", "bg"])
  func `a stopped password command never takes the terminal from the shell`(command: String) throws {
    let folder = try TemporaryFolder()
    let shell = try shell(in: folder)
    let file = ProcessFile(path: "\(folder.path)/pid")
    let asks = try Exploration.script("echo $$ >~/pid; read word </dev/tty; echo $word", named: "asks", in: folder)
    try shell.type("\(Products.mqttscope) subscribe mqtt://127.0.0.1:1 x --username ann --password-command \(asks)\r")
    try file.wait()
    try shell.control("Z")
    try shell.wait { $0.contains("Stopped") }
    try shell.type("\(command)\r")
    try expectAlive(shell)
    if command == "bg" {
      try bringBack(shell)
      try shell.type("pst\r")
      try shell.wait(for: "Connection refused")
    }
    try file.expectGone()
    try expectAlive(shell)
  }

  @Test func `a password command that was started in the background asks at the first fg`() throws {
    let folder = try TemporaryFolder()
    let shell = try shell(in: folder)
    let asks = try Exploration.script("read word </dev/tty; echo $word", named: "asks", in: folder)
    try shell.type("\(Products.mqttscope) subscribe mqtt://127.0.0.1:1 x --username ann --password-command \(asks) &\r")
    try shell.wait { $0.contains("Stopped") }
    try bringBack(shell)
    try shell.type("pst\r")
    try shell.wait(for: "Connection refused")
    try expectAlive(shell)
  }

  @Test func `Ctrl+Z at a question for a password stops the program, and is no part of the answer`() throws {
    let folder = try TemporaryFolder()
    let shell = try shell(in: folder)
    try shell.type("\(Products.mqttscope) broker --hash-password ann >~/hash\r")
    try shell.wait { $0.rows.contains { $0.hasPrefix("Password for ann") } }
    try shell.type("p")
    try shell.control("Z")
    try shell.wait { $0.contains("Stopped") }
    try shell.type("fg\r")
    try shell.wait { $0.rows.last { !$0.isEmpty }?.hasPrefix("Password") == true }
    try shell.type("pst\r")
    // What is typed before the question is over is thrown away
    try shell.wait { $0.rows.last { !$0.isEmpty } == "prompt>" }
    try expectAlive(shell)
    let port = try Loopback.freePort()
    let broker = try PipedProgram(
      Products.mqttscope, ["broker", "--listen", "\(port)", "--password-file", "\(folder.path)/hash"])
    try broker.wait { String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C") }
    let outcome = try PipedProgram.run(
      "mosquitto_pub", ["-p", "\(port)", "-u", "ann", "-P", "pst", "-t", "a", "-m", "x", "-q", "1"])
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
  }
}
