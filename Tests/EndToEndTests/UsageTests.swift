import FoundationEssentials
import TestSupport
import Testing

/// The real binary, without a broker.
@Suite struct UsageTests {
  private func run(_ arguments: String..., input: String = "") throws -> PipedProgram.Outcome {
    try PipedProgram.run(Products.mqttscope, arguments, input: input)
  }

  @Test func `help goes to standard output and names every command`() throws {
    let help = try run("--help")
    #expect(help.status == .exited(0) && help.errors.isEmpty)
    for command in ["explore", "publish", "subscribe", "doctor"] { #expect(help.outputText.contains(command)) }
  }

  @Test func `mistakes of usage go to standard error and end with 64`() throws {
    for outcome in [
      try run("publish", "localhost"), try run("--qos", "9"), try run("amqp://localhost"),
      try run("subscribe", "localhost", "a/#/b"), try run("publish", "localhost", "a/+", "-m", "x"),
      try run("publish", "localhost", "a", "-m", "x", "--lines"), try run("publish", "localhost", "a", "--resume"),
      try run("publish", "localhost", "a", "-m", "x", "--protocol", "3.1.1", "--property", "content-type=x"),
    ] {
      #expect(outcome.status == .exited(64) && outcome.output.isEmpty && outcome.errorText.hasPrefix("mqttscope: "))
    }
  }

  @Test func `a topic that nobody would read whole is not repeated whole`() throws {
    let topic = String(repeating: "x", count: 70_000)
    for command in [["publish", "localhost", topic, "-m", "x"], ["subscribe", "localhost", topic]] {
      let outcome = try PipedProgram.run(Products.mqttscope, command)
      #expect(outcome.status == .exited(64) && outcome.errorText.contains("70000 bytes"))
      #expect(outcome.errors.count < 500)
    }
  }

  @Test func `a profile is no host for a command that takes a URL`() throws {
    let folder = try TemporaryFolder()
    _ = try PipedProgram.run("mkdir", ["-p", "\(folder.path)/mqttscope"])
    _ = try folder.write("[profiles.localhost]\nurl = \"mqtts://10.0.0.1\"\n", to: "mqttscope/config.toml")
    let environment = TestEnvironment.inherited(adding: ["XDG_CONFIG_HOME": folder.path])
    for command in [["publish", "localhost", "a", "-m", "x"], ["subscribe", "localhost", "a"]] {
      let outcome = try PipedProgram.run(Products.mqttscope, command, environment: environment)
      #expect(outcome.status == .exited(64) && outcome.errorText.contains("“localhost” is a profile"))
    }
  }

  @Test func `a password in the URL is refused and not repeated`() throws {
    let outcome = try run("mqtt://ann:secret@localhost")
    #expect(outcome.status == .exited(64))
    #expect(outcome.errorText.contains("--password-file") && !outcome.errorText.contains("secret"))
  }

  @Test func `a broker that is not there is said, and ends with 69`() throws {
    let port = try Loopback.freePort()
    for command in [["subscribe", "127.0.0.1:\(port)", "#"], ["publish", "127.0.0.1:\(port)", "a", "-m", "x"]] {
      let outcome = try PipedProgram.run(Products.mqttscope, command)
      #expect(outcome.status == .exited(69))
      #expect(outcome.errorText.contains("127.0.0.1:\(port)"))
    }
  }

  @Test func `the doctor says what is wrong and what to try`() throws {
    let outcome = try PipedProgram.run(
      Products.mqttscope, ["doctor"], environment: TestEnvironment.inherited(adding: ["LANG": "C", "TERM": "no-such"]))
    #expect(outcome.outputText.contains("no-such is not described on this machine"))
    #expect(outcome.outputText.contains("export LANG=C.UTF-8"))
    #expect(outcome.status == .exited(1))
  }

  @Test func `the doctor reads the profiles, and says where no folder can be made`() throws {
    let folder = try TemporaryFolder()
    let home = "\(folder.path)/home"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: "\(home)/mqttscope", withDestinationPath: folder.path)
    _ = try folder.write("[profiles.a]\nurl = 3\n", to: "config.toml")
    let outcome = try PipedProgram.run(
      Products.mqttscope, ["doctor"],
      environment: TestEnvironment.inherited(adding: ["XDG_CONFIG_HOME": home, "XDG_STATE_HOME": "/proc/x"]))
    #expect(outcome.outputText.contains("note  profiles  config.toml, line 2"))
    #expect(outcome.outputText.contains("/proc/x/mqttscope cannot be written"))
  }

  @Test func `the doctor fails on a configuration that is no TOML`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/mqttscope", withIntermediateDirectories: true)
    _ = try folder.write("[profiles.a\n", to: "mqttscope/config.toml")
    let session = try TerminalSession(
      Products.mqttscope, ["doctor"], size: TerminalSize(columns: 120, rows: 40),
      environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(try session.waitForExit() == .exited(1))
    #expect(session.screen.contains("FAIL  profiles  config.toml, line 1"))
  }

  @Test func `the doctor finds nothing wrong with a good terminal`() throws {
    let size = TerminalSize(columns: 120, rows: 40)
    let session = try TerminalSession(Products.mqttscope, ["doctor"], size: size)
    #expect(try session.waitForExit() == .exited(0))
    #expect(session.screen.contains("120x40"))
    #expect(session.screen.contains("24 bit"))
  }
}
