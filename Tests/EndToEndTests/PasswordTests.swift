import TestSupport
import Testing

/// Secrets come from a file, the environment or a person, and the broker decides.
@Suite struct PasswordTests {
  private func broker() throws -> Mosquitto {
    try Mosquitto { folder in
      let file = "\(folder.path)/passwords"
      let made = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", file, "ann", "sécret"])
      #expect(made.status == .exited(0), "\(made.errorText)")
      return ["allow_anonymous false", "password_file \(file)"]
    }
  }

  private func publish(
    _ broker: Mosquitto, _ arguments: [String], password: String? = nil
  ) throws -> PipedProgram.Outcome {
    let secrets = password.map { ["MQTTSCOPE_PASSWORD": $0] } ?? [:]
    return try PipedProgram.run(
      Products.mqttscope, ["publish", "127.0.0.1:\(broker.port)", "a", "-m", "x"] + arguments,
      environment: TestEnvironment.inherited(adding: secrets))
  }

  @Test func `the environment and a file both let ann in`() throws {
    let broker = try broker()
    #expect(try publish(broker, ["--username", "ann"], password: "sécret").status == .exited(0))
    let file = try broker.folder.write("sécret\n", to: "password")
    #expect(try publish(broker, ["--username", "ann", "--password-file", file]).status == .exited(0))
  }

  @Test(arguments: ["5", "3.1.1"]) func `a wrong password ends with 77 and what to check`(version: String) throws {
    let outcome = try publish(broker(), ["--username", "ann", "--protocol", version], password: "wrong")
    #expect(outcome.status == .exited(77))
    #expect(outcome.errorText.contains("refused the connection"))
  }

  @Test func `a password is proven without being sent, to a broker that asks for that`() throws {
    let broker = try ScramMosquitto(user: "ann", password: "sécret").broker
    let arguments = ["--username", "ann", "--auth", "scram-sha-256"]
    #expect(try publish(broker, arguments, password: "sécret").status == .exited(0))
    for rest in [arguments, ["--username", "ann"]] {
      #expect(try publish(broker, rest, password: "secret").status == .exited(77))
    }
  }

  @Test func `a person is asked, and the answer is not shown`() throws {
    let broker = try broker()
    let session = try TerminalSession(
      Products.mqttscope, ["publish", "mqtt://ann@127.0.0.1:\(broker.port)", "a", "-m", "x"])
    try session.wait(for: "Password for ann at 127.0.0.1:\(broker.port):")
    try session.type("wrong\u{15}séccx")
    try session.press(.backspace, .backspace)
    try session.type("ret")
    try session.press(.enter)
    #expect(try session.waitForExit() == .exited(0))
    #expect(!session.screen.text.contains("ret"))
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `Ctrl+C at the question leaves the terminal as it was`() throws {
    let session = try TerminalSession(Products.mqttscope, ["mqtt://ann@127.0.0.1"])
    try session.wait(for: "Password for ann")
    #expect(try !session.device.modes.echoes)
    try session.control("C")
    #expect(try session.waitForExit() == .killed(signal: 2))
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `a signal at the question leaves the terminal as it was`() throws {
    let session = try TerminalSession(Products.mqttscope, ["mqtt://ann@127.0.0.1"])
    try session.wait(for: "Password for ann")
    session.device.process.send(signal: 15)
    #expect(try session.waitForExit() == .killed(signal: 15))
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `a password file that is missing or empty is said`() throws {
    let folder = try TemporaryFolder()
    for path in ["\(folder.path)/none", try folder.write("\n", to: "empty")] {
      let outcome = try PipedProgram.run(
        Products.mqttscope, ["subscribe", "u@127.0.0.1", "a", "--password-file", path])
      #expect(outcome.status == .exited(1) && outcome.errorText.contains(path))
    }
  }
}
