import TestSupport
import Testing

/// TLS from the command line: the program, a real broker, and certificates.
@Suite struct SecureTests {
  private let certificates: Certificates
  private let broker: Mosquitto
  private let port: UInt16
  private let client: Certificates.Identity

  init() throws {
    let certificates = try Certificates()
    let own = try certificates.issue(["DNS:localhost"], named: "broker")
    let port = try Loopback.freePort()
    client = try certificates.issue(["DNS:device"], named: "device")
    broker = try Mosquitto { folder in
      let settings = ["require_certificate true", "cafile \(certificates.authority)"]
      return ["allow_anonymous true"] + Mosquitto.lines(.tls(own, settings), port: port, in: folder)
    }
    try Mosquitto.waitForPorts([port])
    self.certificates = certificates
    self.port = port
  }

  private var url: String { "mqtts://localhost:\(port)" }
  private var identity: [String] { ["--cafile", certificates.authority, "--cert", client.certificate] }

  @Test func `a message goes through TLS with a client certificate, its passphrase from the environment or a file`()
    throws
  {
    let key = try certificates.encrypted(client, with: "open sesame")
    let file = try certificates.folder.write("open sesame\n", to: "passphrase")
    let arguments = ["publish", url, "a", "-m", "x"] + identity + ["--key", key]
    let byVariable = try PipedProgram.run(
      Products.mqttscope, arguments,
      environment: TestEnvironment.inherited(adding: ["MQTTSCOPE_KEY_PASSPHRASE": "open sesame"]))
    #expect(byVariable.status == .exited(0), "\(byVariable.errorText)")
    let byFile = try PipedProgram.run(Products.mqttscope, arguments + ["--key-passphrase-file", file])
    #expect(byFile.status == .exited(0), "\(byFile.errorText)")
  }

  @Test func `a person is asked for the passphrase of an encrypted key, and the answer is not shown`() throws {
    let key = try certificates.encrypted(client, with: "sesame")
    let session = try TerminalSession(
      Products.mqttscope, ["publish", url, "a", "-m", "x"] + identity + ["--key", key])
    try session.wait(for: "Passphrase of the key")
    try session.type("sesame")
    try session.press(.enter)
    #expect(try session.waitForExit() == .exited(0))
    #expect(!session.screen.text.contains("sesame"))
  }

  @Test func `what is wrong is said in a sentence, with the exit code of a broker out of reach`() throws {
    let other = try Certificates("Other")
    for (arguments, words) in [
      (["--cafile", certificates.authority], "demands a client certificate: give it with --cert and --key"),
      (["--cafile", other.authority], "no authority that we trust"),
    ] {
      let outcome = try PipedProgram.run(Products.mqttscope, ["publish", url, "a", "-m", "x"] + arguments)
      #expect(outcome.status == .exited(69))
      #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
    }
  }

  @Test func `a skipped verification is a badge for as long as the screen lives`() throws {
    let arguments = [url, "--insecure", "--cert", client.certificate, "--key", client.key]
    let session = try Exploration.session(arguments, in: certificates.folder)
    try session.wait(for: "live")
    #expect(session.screen.text.contains("TLS NOT VERIFIED"))
    try broker.kill()
    try session.wait(for: "retry in")
    #expect(session.screen.text.contains("TLS NOT VERIFIED"))
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `a verified connection has no badge, and ALL_PROXY is not used for this machine`() throws {
    let session = try Exploration.session(
      [url] + identity + ["--key", client.key], in: certificates.folder,
      environment: ["ALL_PROXY": "socks5://127.0.0.1:1"])
    try session.wait(for: "live")
    #expect(!session.screen.text.contains("NOT VERIFIED"))
    try session.control("C")
    _ = try session.waitForExit()
  }

  /// In TLS 1.3 the broker's refusal comes behind the handshake, where a WebSocket is being opened.
  @Test func `a broker that wants our certificate is told as one by a WebSocket too`() throws {
    let port = try Loopback.freePort()
    let own = try certificates.issue(["DNS:localhost"], named: "web")
    let broker = try BuiltInBroker(
      listeners: ["wss://127.0.0.1:\(port)"],
      ["--cert", own.certificate, "--key", own.key, "--client-ca", certificates.authority])
    defer { withExtendedLifetime(broker) {} }
    let publish = ["publish", "wss://localhost:\(port)/mqtt", "a", "-m", "x", "--cafile", certificates.authority]
    let outcome = try PipedProgram.run(Products.mqttscope, publish)
    #expect(outcome.status == .exited(69) && outcome.errorText.contains("--cert"), "\(outcome.errorText)")
    let identity = ["--cert", client.certificate, "--key", client.key]
    #expect(try PipedProgram.run(Products.mqttscope, publish + identity).status == .exited(0))
  }
}
