import ArgumentParser
import Explorer
import MQTT
import TestSupport
import Testing

@testable import mqttscope

@Suite struct ProfileChoiceTests {
  private func file(_ text: String) throws -> (TemporaryFolder, ProfileFile) {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "config.toml")
    return (folder, ProfileFile(folder: folder.path))
  }

  private static let text = """
    [profiles.home]
    url = "mqtt://ann@one:99"
    password_env = "SECRET"
    keep_alive = 7
    [profiles."a.b"]
    url = "mqtt://two"
    [profiles.broken]
    url = 5
    """

  @Test func `a word is a profile when there is one, and otherwise a host`() throws {
    let (folder, file) = try file(Self.text)
    #expect(try ProfileChoice.find(url: "home", name: nil, in: file)?.name == "home")
    #expect(try ProfileChoice.find(url: "localhost", name: nil, in: file) == nil)
    #expect(try ProfileChoice.find(url: "a.b", name: nil, in: file) == nil, "it has a dot: a host")
    #expect(try ProfileChoice.find(url: nil, name: "a.b", in: file)?.name == "a.b")
    #expect(try ProfileChoice.find(url: nil, name: nil, in: file) == nil)
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: ["mqtt://home", "home:1883", "ann@home", "home/"])
  func `what looks like a place is one`(url: String) throws {
    let (folder, file) = try file(Self.text)
    #expect(try ProfileChoice.find(url: url, name: nil, in: file) == nil)
    withExtendedLifetime(folder) {}
  }

  @Test func `a name that is not there, a broken profile, and two brokers at once are told`() throws {
    let (folder, file) = try file(Self.text)
    let missing = #expect(throws: Failure.self) { try ProfileChoice.find(url: nil, name: "x", in: file) }
    #expect(missing == .failed("There is no profile “x” in the configuration."))
    let broken = #expect(throws: Failure.self) { try ProfileChoice.find(url: "broken", name: nil, in: file) }
    #expect("\(try #require(broken))".contains("config.toml, line 8, url"))
    #expect(throws: Failure.self) { try ProfileChoice.find(url: "home", name: "home", in: file) }
    withExtendedLifetime(folder) {}
  }

  @Test func `what the command line says counts more than the profile`() throws {
    let (folder, file) = try file(Self.text)
    let choice = try #require(try ProfileChoice.find(url: "home", name: nil, in: file))
    let options = try ConnectionOptions.parse(["--keep-alive", "9", "--client-id", "me", "--protocol", "5"])
    let start = try choice.start(options, [Subscription(filter: "x/#")])
    #expect(start.opening.profile == "home" && start.opening.address == "one:99" && start.opening.clientID == "me")
    #expect(start.opening.subscriptions.map(\.filter) == ["x/#"])
    guard case .profile(var profile, nil) = start.target else {
      Issue.record("\(start)")
      return
    }
    let changed = profile
    profile.change(
      clientID: "me", username: nil, passwordFile: nil, keepAlive: 9, version: "5",
      subscriptions: [Subscription(filter: "x/#")])
    #expect(profile == changed)
    withExtendedLifetime(folder) {}
  }
}
