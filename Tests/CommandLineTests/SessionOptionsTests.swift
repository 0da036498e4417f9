import ArgumentParser
import Explorer
import MQTT
import MQTTClient
import NIOCore
import Testing

@testable import mqttscope

@Suite struct SessionOptionsTests {
  private func configuration(_ arguments: String...) throws -> Configuration {
    let command = try #require(try MQTTScope.parseAsRoot(arguments) as? ExploreCommand)
    return try command.connection.configuration(for: command.url ?? "broker")
  }

  @Test func `a persistent session is kept by the broker for a day and by a file of ours`() throws {
    let kept = try configuration("mqtt://broker", "--client-id", "me", "--persistent")
    #expect(!kept.cleanStart && kept.properties == [.sessionExpiryInterval(86_400)])
    #expect(kept.journal?.hasSuffix("/mqttscope/sessions/me@broker%3A1883") == true)
    let short = try configuration("--client-id", "me", "--persistent", "--session-expiry", "60")
    #expect(short.properties == [.sessionExpiryInterval(60)])
    let plain = try configuration("mqtt://broker")
    #expect(plain.cleanStart && plain.journal == nil && plain.properties.isEmpty)
  }

  @Test func `a will has all that MQTT lets it have`() throws {
    let full = try configuration(
      "--will-topic", "gone", "--will-payload", "me", "--will-qos", "2", "--will-retain", "--will-delay", "9",
      "--will-property", "content-type=text")
    #expect(
      full.will
        == Will(
          topic: "gone", payload: ByteBuffer(string: "me"), qos: .exactlyOnce, isRetained: true,
          properties: [.willDelayInterval(9), .contentType("text")]))
    #expect(full.protocolChoice == .only(.v5))
    let plain = try configuration("--will-topic", "gone")
    #expect(plain.will == Will(topic: "gone", payload: ByteBuffer()) && plain.protocolChoice == .automatic)
  }

  @Test func `a password command gives the password, and a method of its own sends none`() throws {
    let plain = try configuration("u@h", "--password-command", "printf 'one two\\nthree'")
    #expect(plain.password == Array("one two".utf8))
    let scram = try configuration("u@h", "--password-command", "echo secret", "--auth", "scram-sha-256")
    #expect(scram.username == nil && scram.password == nil && scram.protocolChoice == .only(.v5))
    #expect(scram.authentication == .scramSHA256(username: "u", password: Array("secret".utf8)))
  }

  @Test(arguments: [
    ["--persistent"], ["--session-expiry", "5"], ["--persistent", "--client-id", "a", "--session-expiry", "0"],
    ["--will-payload", "x"], ["--will-delay", "1"], ["--will-topic", "a/#"],
    ["--will-topic", "a", "--will-property", "topic-alias=1"], ["--auth", "scram-sha-256"],
    ["--will-topic", "a", "--will-delay", "1", "--protocol", "3.1.1"],
    ["u@h", "--password-command", "echo x", "--auth", "scram-sha-256", "--protocol", "3.1.1"],
    ["u@h", "--password-command", "echo x", "--password-file", "f"], ["--password-command", "echo x"],
    ["u@h", "--password-command", ""], ["u@h", "--password-command", "echo 'x"],
  ]) func `what makes no sense together is a mistake of usage`(arguments: [String]) throws {
    let command = try #require(try MQTTScope.parseAsRoot(arguments) as? ExploreCommand)
    let failure = #expect(throws: Failure.self) {
      try command.connection.configuration(for: command.url ?? "broker")
    }
    #expect(failure?.exitCode == 64)
  }

  @Test(arguments: ["false", "/no/such/program", "true", "printf '\\nx'"])
  func `a password command that gives none is told`(command: String) throws {
    let failure = #expect(throws: Failure.self) { try configuration("u@h", "--password-command", command) }
    #expect(failure?.exitCode == 1)
  }
}
