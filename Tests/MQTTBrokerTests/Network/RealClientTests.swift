import TestSupport
import Testing

/// The clients of mosquitto against the program itself.
struct RealClientTests {
  private static let versions = ["mqttv311", "5"]

  @Test(arguments: versions, [0, 1, 2]) func `mosquitto's clients publish and subscribe at each QoS`(
    version: String, qos: Int
  ) throws {
    let broker = try BuiltInBroker()
    let common = ["-h", "127.0.0.1", "-p", "\(broker.port)", "-V", version, "-q", "\(qos)"]
    let kept = try PipedProgram.run("mosquitto_pub", common + ["-t", "a/kept", "-m", "k", "-r"])
    #expect(kept.status == .exited(0))
    let listener = try PipedProgram("mosquitto_sub", common + ["-t", "a/#", "-C", "201", "-v"])
    try listener.wait { $0.output.starts(with: Array("a/kept k\n".utf8)) }
    let lines = (0..<200).map { "line \($0)" }.joined(separator: "\n") + "\n"
    let sent = try PipedProgram.run("mosquitto_pub", common + ["-t", "a/b", "-l"], input: lines)
    #expect(sent.status == .exited(0))
    let outcome = try listener.finish()
    #expect(outcome.outputText == "a/kept k\n" + (0..<200).map { "a/b line \($0)\n" }.joined())
  }

  @Test(arguments: versions) func `mosquitto's clients keep a session, and leave a will`(version: String) throws {
    let broker = try BuiltInBroker()
    let common = ["-h", "127.0.0.1", "-p", "\(broker.port)", "-V", version]
    let expiry = version == "5" ? ["-x", "60"] : []
    let session = common + ["-i", "s", "-c", "-q", "1", "-t", "a"] + expiry
    #expect(try PipedProgram.run("mosquitto_sub", session + ["-E"]).status == .exited(0))
    _ = try PipedProgram.run("mosquitto_pub", common + ["-t", "a", "-m", "queued", "-q", "1"])
    #expect(try PipedProgram.run("mosquitto_sub", session + ["-C", "1"]).outputText == "queued\n")
    let listener = try PipedProgram("mosquitto_sub", common + ["-t", "will", "-C", "1"])
    let dying = try PipedProgram(
      "mosquitto_sub", common + ["-t", "x", "--will-topic", "will", "--will-payload", "gone", "--will-retain"])
    _ = try PipedProgram.run("mosquitto_pub", common + ["-t", "x", "-m", "ready", "-r"])
    try dying.wait { $0.output == Array("ready\n".utf8) }
    dying.process.send(signal: 9)
    #expect(try listener.finish().outputText == "gone\n")
  }

  @Test(arguments: versions) func `mosquitto's clients come by TLS, with a name and a password`(version: String) throws
  {
    let certificates = try Certificates()
    let identity = try certificates.issue(["DNS:localhost"], named: "broker")
    let port = try Loopback.freePort()
    let hash = try PipedProgram.run(
      Products.mqttscope, ["broker", "--hash-password", "ann"],
      environment: TestEnvironment.inherited(adding: ["MQTTSCOPE_PASSWORD": "sécret"]))
    let users = try certificates.folder.write(hash.outputText, to: "users")
    let rules = try certificates.folder.write("user ann\ntopic readwrite a/#\n", to: "rules")
    let broker = try BuiltInBroker(
      listeners: ["mqtts://localhost:\(port)"],
      ["--cert", identity.certificate, "--key", identity.key, "--password-file", users, "--rules", rules])
    defer { withExtendedLifetime(broker) {} }
    let common = ["-h", "localhost", "-p", "\(port)", "--cafile", certificates.authority, "-V", version, "-u", "ann"]
    let kept = try PipedProgram.run(
      "mosquitto_pub", common + ["-P", "sécret", "-t", "a/b", "-m", "x", "-r", "-q", "2"])
    #expect(kept.status == .exited(0))
    let outcome = try PipedProgram.run("mosquitto_sub", common + ["-P", "sécret", "-t", "a/#", "-C", "1"])
    #expect(outcome.outputText == "x\n")
    let stranger = try PipedProgram.run("mosquitto_sub", common + ["-P", "secret", "-t", "a/#", "-C", "1"])
    #expect(stranger.status != .exited(0))
    let everything = try PipedProgram.run("mosquitto_sub", common + ["-P", "sécret", "-t", "#", "-C", "1"])
    #expect(everything.outputText == "x\n")
    let curious = try PipedProgram.run("mosquitto_sub", common + ["-P", "sécret", "-t", "b/#", "-C", "1"])
    #expect(curious.errorText.contains("denied"))
  }
}
