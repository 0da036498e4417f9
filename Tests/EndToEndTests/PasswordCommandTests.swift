import Glibc
import TestSupport
import Testing

/// Programs that give a password, and what they do besides; the broker says whether it was the right one.
@Suite struct PasswordCommandTests {
  private func broker() throws -> Mosquitto {
    try Mosquitto { folder in
      let file = "\(folder.path)/passwords"
      let made = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", file, "ann", "pst"])
      #expect(made.status == .exited(0), "\(made.errorText)")
      return ["allow_anonymous false", "password_file \(file)"]
    }
  }

  private func arguments(_ place: String, _ command: String) -> [String] {
    ["publish", place, "a", "-m", "x", "--username", "ann", "--password-command", command]
  }

  @Test func `the first line is taken from a program that goes on, which is ended with all it has started`() throws {
    let broker = try broker()
    let folder = try TemporaryFolder()
    let file = ProcessFile(path: "\(folder.path)/pid")
    let command = "sh -c 'sleep 600 & echo $! >\(file.path); echo pst; sleep 600'"
    let outcome = try PipedProgram.run(Products.mqttscope, arguments(broker.url, command))
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
    try file.expectGone()
  }

  @Test func `a helper that holds the output open, and that the program leaves behind, is let be`() throws {
    let broker = try broker()
    let folder = try TemporaryFolder()
    let file = ProcessFile(path: "\(folder.path)/pid")
    let command = "sh -c 'sleep 60 2>&- & echo $! >\(file.path); printf pst'"
    let outcome = try PipedProgram.run(Products.mqttscope, arguments(broker.url, command))
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
    #expect(try file.isRunning())
    kill(try file.wait(), SIGTERM)
  }

  @Test func `a program that says half a line and no more is told of, and leaves with us`() throws {
    let folder = try TemporaryFolder()
    let file = ProcessFile(path: "\(folder.path)/pid")
    let command = "sh -c 'printf ps; sleep 600 & echo $! >\(file.path); wait'"
    let publisher = try PipedProgram(Products.mqttscope, arguments("127.0.0.1:1", command))
    try publisher.wait { String(decoding: $0.errors, as: UTF8.self).contains("waiting for the password command sh") }
    #expect(try file.isRunning())
    publisher.process.send(signal: SIGTERM)
    #expect(try publisher.process.waitForExit() == .killed(signal: SIGTERM))
    try file.expectGone()
  }

  @Test func `a status that is none of success, and a signal, are no password`() throws {
    for (command, words) in [
      ("sh -c 'echo pst; exit 3'", "ended with status 3"), ("sh -c 'kill -9 $$'", "was ended by signal 9"),
      ("true", "gave no password"), ("no-such-program-1", "cannot be run"),
      ("sh -c 'exec >&-; sleep 600'", "gave no password"),
    ] {
      let outcome = try PipedProgram.run(Products.mqttscope, arguments("127.0.0.1:1", command))
      #expect(outcome.status == .exited(1) && outcome.errorText.contains(words), "\(outcome.errorText)")
    }
  }

  @Test(arguments: ["sh -c 'stty -echo -icanon; echo pst'", "sh -c 'stty -echo; exit 3'"])
  func `a terminal that a program has changed is put right`(command: String) throws {
    let session = try TerminalSession(Products.mqttscope, arguments("127.0.0.1:1", command))
    _ = try session.waitForExit()
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `a program does not read what is piped into us`() throws {
    let broker = try broker()
    let outcome = try PipedProgram.run(
      Products.mqttscope,
      ["publish", broker.url, "a", "-r", "--lines", "--username", "ann"]
        + ["--password-command", "sh -c 'cat >&2; echo pst'"],
      input: "first\nsecond\n")
    #expect(outcome.status == .exited(0) && !outcome.errorText.contains("first"), "\(outcome.errorText)")
    let kept = try PipedProgram.run(
      "mosquitto_sub", ["-p", "\(broker.port)", "-u", "ann", "-P", "pst", "-t", "a", "-C", "1", "-W", "5"])
    #expect(kept.outputText == "second\n")
  }

  @Test func `a program may ask at the terminal, and Ctrl+C there gives up`() throws {
    let broker = try broker()
    let command = "sh -c 'stty -echo; printf \"The word: \" >/dev/tty; read word </dev/tty; echo \"$word\"'"
    let session = try TerminalSession(Products.mqttscope, arguments(broker.url, command))
    try session.wait(for: "The word:")
    try session.type("pst")
    try session.press(.enter)
    #expect(try session.waitForExit() == .exited(0))
    #expect(!session.screen.contains("pst"))
    #expect(try session.device.modes == session.device.initialModes)
    let other = try TerminalSession(Products.mqttscope, arguments(broker.url, command))
    try other.wait(for: "The word:")
    try other.control("C")
    #expect(try other.waitForExit() == .killed(signal: SIGINT))
    #expect(try other.device.modes == other.device.initialModes)
  }
}
