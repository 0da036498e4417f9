import Glibc
import TestSupport
import Testing

/// The program stopped and continued by a shell, and where there is none.
@Suite struct StopTests {
  /// A shell in which the explorer runs; its process is the one whose number stands in the file.
  private func shell(_ broker: Mosquitto) throws -> (shell: TerminalSession, pid: pid_t) {
    let shell = try TerminalSession(
      "bash", ["--norc", "--noprofile", "-i"], size: Exploration.wide,
      environment: ["HOME": broker.folder.path, "PS1": "prompt> "])
    try shell.wait(for: "prompt>")
    try shell.type("sh -c 'echo $$ >~/pid; exec \(Products.mqttscope) \(broker.url)'\r")
    try shell.wait { $0.isAlternate && $0.contains("Topics") }
    return (shell, try #require(pid_t(try Exploration.read("\(broker.folder.path)/pid").prefix { $0.isNumber })))
  }

  private func expectOurs(_ shell: TerminalSession) throws {
    #expect(shell.terminal.mouseMode != 0)
    try shell.type("?")
    try shell.wait(for: "╭ Help")
    try shell.control("C")
    try shell.wait { !$0.isAlternate }
    try shell.type("echo alive\r")
    try shell.wait { $0.rows.contains("alive") }
  }

  @Test func `Ctrl+Z gives the terminal back to the shell, and fg brings the screen again`() throws {
    let (shell, _) = try shell(try Mosquitto())
    try shell.control("Z")
    try shell.wait { !$0.isAlternate && $0.contains("Stopped") && $0.cursor.isVisible }
    #expect(shell.terminal.mouseMode == 0)
    try shell.type("fg\r")
    try shell.wait { $0.isAlternate && $0.contains("Topics") }
    try expectOurs(shell)
  }

  @Test func `a stop by a signal does the same, and the screen fits a window that has another size meanwhile`() throws {
    let broker = try Mosquitto()
    let (shell, pid) = try shell(broker)
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
}
