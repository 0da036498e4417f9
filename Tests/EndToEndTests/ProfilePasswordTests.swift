import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A profile's password command, in a terminal.
@Suite struct ProfilePasswordTests {
  /// A home with a profile whose command writes down its process and then takes its time.
  private static func home(_ command: String = "exec sleep 600") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/.config/mqttscope", withIntermediateDirectories: true)
    _ = try folder.write(
      """
      [profiles.slow]
      url = "mqtt://127.0.0.1:1"
      username = "ann"
      password_command = "sh -c 'echo $$ >> \(folder.path)/pid; \(command)'"
      """, to: ".config/mqttscope/config.toml")
    return folder
  }

  private static func session(in folder: TemporaryFolder, _ arguments: [String] = ["slow"]) throws -> TerminalSession {
    try Exploration.session(
      arguments, in: folder, environment: ["XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "MQTTSCOPE_PASSWORD": ""])
  }

  /// What the commands have written down.
  private static func processes(in folder: TemporaryFolder) -> ProcessFile { ProcessFile(path: "\(folder.path)/pid") }

  private static func quit(_ session: TerminalSession) throws {
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
    try Exploration.expectRestored(session)
  }

  @Test func `the screen stays alive while a password command runs, and Esc ends the command`() throws {
    let folder = try Self.home()
    let processes = Self.processes(in: folder)
    let session = try Self.session(in: folder)
    try session.wait {
      $0.rows[0].contains("waiting for the password command") && $0.flowing.contains("Esc ends it")
    }
    try processes.wait()
    try session.type("?")
    try session.wait(for: "type to search")
    try session.press(.escape)
    try session.wait { !$0.contains("type to search") }
    try session.press(.escape)
    try session.wait { $0.flowing.contains("The password command was ended before it had given a password.") }
    try processes.expectGone()
    try session.type("r")
    try session.wait(for: "mqttscope runs the password command: sh")
    try processes.wait(for: 2)
    try session.control("C")
    try session.wait { $0.flowing.contains("r runs it with the terminal") }
    try processes.expectGone()
    try Self.quit(session)
  }

  @Test func `closing the broker, the trial or the program ends the password command`() throws {
    let folder = try Self.home("trap : TERM; while :; do sleep 0.05; done")
    let processes = Self.processes(in: folder)
    let session = try Self.session(in: folder)
    try session.wait { $0.rows[0].contains("waiting for the password command") }
    try processes.wait()
    try session.type("B")
    try session.wait { $0.contains("waiting for password") && $0.flowing.contains("which x ends") }
    try session.type("x")
    try session.wait { !$0.contains("waiting for password") }
    try processes.expectGone()
    try session.type("t")
    try session.wait { $0.flowing.contains("… Password waiting for the command") }
    try processes.wait(for: 2)
    try session.press(.escape)
    try session.wait { !$0.contains("… Password") }
    try processes.expectGone()
    try session.press(.enter)
    try session.wait { $0.rows[0].contains("waiting for the password command") }
    try processes.wait(for: 3)
    session.device.process.send(signal: SIGTERM)
    _ = try session.waitForExit()
    try Exploration.expectRestored(session)
    try processes.expectGone()
  }

  @Test func `what a password command has started ends with it, whether it wants to or not`() throws {
    let folder = try Self.home("(trap \\\"\\\" TERM; sleep 600; :) & echo $! >> ~/pid; exec sleep 600")
    let processes = Self.processes(in: folder)
    let session = try Self.session(in: folder)
    try session.wait { $0.rows[0].contains("waiting for the password command") }
    try processes.wait(for: 2)
    try session.press(.escape)
    try session.wait { $0.flowing.contains("The password command was ended") }
    try processes.expectGone()
    try Self.quit(session)
  }

  @Test func `a command that is not there fails the trial at its password`() throws {
    let folder = try Self.home()
    _ = try folder.write(
      """
      [profiles.gone]
      url = "mqtt://127.0.0.1:1"
      username = "ann"
      password_command = "no-such-1"
      """, to: ".config/mqttscope/config.toml")
    let session = try Self.session(in: folder, [])
    try session.wait(for: "gone")
    try session.type("t")
    try session.wait { $0.flowing.contains("× Password The password command no-such-1 cannot be run") }
    try Self.quit(session)
  }

  @Test func `a command that asks at the terminal gets it the second time`() throws {
    let broker = try Mosquitto { folder in
      let file = "\(folder.path)/passwords"
      let made = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", file, "ann", "pst"])
      #expect(made.status == .exited(0), "\(made.errorText)")
      return ["allow_anonymous false", "password_file \(file)"]
    }
    let folder = try Self.home()
    _ = try folder.write(
      """
      [profiles.asks]
      url = "\(broker.url)"
      username = "ann"
      password_command = "sh -c 'printf Well? >/dev/tty && read -r word </dev/tty && echo $word'"
      """, to: ".config/mqttscope/config.toml")
    let session = try Self.session(in: folder, ["asks"])
    try session.wait { $0.flowing.contains("r runs it with the terminal, where it can ask for something.") }
    try session.type("r")
    try session.wait(for: "Well?")
    try session.type("pst\r")
    try session.wait { $0.rows[0].contains("asks ●") && $0.rows[0].contains("live") }
    try Self.quit(session)
  }

  @Test func `with the terminal, one that talks without end is ended, and what one that fails says stays`() throws {
    let folder = try Self.home(": </dev/tty || exit; echo look here >&2; test -e ~/again || exit 3; exec yes")
    let session = try Self.session(in: folder)
    try session.wait { $0.flowing.contains("r runs it with the terminal") }
    try session.type("r")
    try session.wait { $0.rows.contains("look here") && $0.flowing.contains("ended with status 3. Enter goes back.") }
    _ = try folder.write("", to: "again")
    try session.press(.enter)
    try session.wait { $0.isAlternate && $0.flowing.contains("ended with status 3. r runs it with the terminal") }
    try session.type("r")
    try session.wait { $0.isAlternate && $0.flowing.contains("127.0.0.1:1") && !$0.flowing.contains("status 3") }
    try Self.processes(in: folder).expectGone()
    try Self.quit(session)
  }
}
