import ArgumentParser
import Explorer
import MQTT
import MQTTClient
import Testing

@testable import mqttscope

@Suite struct ExploreOptionsTests {
  private func options(_ arguments: String...) throws -> Explorer.Options {
    let command = try #require(try MQTTScope.parseAsRoot(arguments) as? ExploreCommand)
    return try command.options()
  }

  /// The configuration of a start with a URL.
  private func configuration(_ options: Explorer.Options) throws -> Configuration {
    guard case .configuration(let configuration) = try #require(options.start).target else {
      throw Failure.failed("a profile")
    }
    return configuration
  }

  @Test func `without a word the connection screen opens`() throws {
    #expect(try options().start == nil)
  }

  @Test func `with a host it is everything there, in a client of its own`() throws {
    let one = try options("localhost")
    let first = try configuration(one)
    let other = try configuration(options("localhost"))
    #expect(first.endpoint == .tcp(host: "localhost", port: 1883))
    #expect(first.subscriptions.map(\.filter) == ["#", "$SYS/#"])
    #expect(first.subscriptions.allSatisfy { $0.qos == .atMostOnce && $0.retainAsPublished })
    #expect(first.protocolChoice == .automatic && first.keepAlive == 60)
    #expect(first.clientID != other.clientID)
    #expect(one.memoryLimit == 256 << 20 && one.usesMouse && !one.isReadOnly && one.theme == nil)
  }

  @Test func `every option reaches its place`() throws {
    let options = try options(
      "mqtt://broker:99", "-t", "a/#", "--topic", "b/+", "--qos", "2", "--client-id", "me", "--keep-alive", "7",
      "--protocol", "3.1.1", "--memory", "64MB", "--theme", "light", "--read-only", "--no-mouse", "--log", "/tmp/log")
    let configuration = try configuration(options)
    #expect(configuration.endpoint == .tcp(host: "broker", port: 99))
    #expect(configuration.subscriptions.map(\.filter) == ["a/#", "b/+"])
    #expect(configuration.subscriptions.allSatisfy { $0.qos == .exactlyOnce })
    #expect(configuration.clientID == "me" && configuration.keepAlive == 7)
    #expect(configuration.protocolChoice == .only(.v3_1_1))
    #expect(options.memoryLimit == 64 << 20 && options.theme == "light")
    #expect(options.isReadOnly && !options.usesMouse)
  }

  @Test(arguments: [
    ["--memory", "63MB"], ["--memory", "x"], ["--qos", "3"], ["--protocol", "4"], ["--keep-alive", "65536"],
  ])
  func `a value out of its range is a mistake of usage`(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try MQTTScope.parseAsRoot(arguments) }
    #expect(error.map { MQTTScope.exitCode(for: $0).rawValue } == 64)
  }

  @Test(arguments: [
    ["-t", "a/#/b"], ["amqp://host"], ["u@host", "--username", "other"], ["host", "--password-file", "x"],
    ["host", "--profile", "x"], ["-t", "a"],
  ])
  func `what makes no sense together is a mistake of usage`(arguments: [String]) throws {
    let command = try #require(try MQTTScope.parseAsRoot(arguments) as? ExploreCommand)
    let failure = #expect(throws: Failure.self) { try command.options() }
    #expect(failure?.exitCode == 64)
  }
}
