import TestSupport
import Testing

/// Brokers that go away, and come.
@Suite struct ExploreOutageTests {
  @Test(arguments: ["5", "3.1.1"])
  func `a broker killed and started again is found without a key, and the tree is as it was`(version: String) throws {
    let broker = try Mosquitto()
    for name in ["attic", "hall", "kitchen"] { try Exploration.publish(to: broker, "home/\(name)", "before") }
    let exploration = try Exploration(broker, ["--protocol", version, "-t", "home/#"])
    try exploration.openAll(until: "kitchen")
    try exploration.session.press(.up)
    try exploration.session.wait(for: "home/hall")
    try broker.kill()
    let lost = try exploration.session.wait { $0.rows[0].matchesCountdown }
    #expect(lost.contains("home/hall") && lost.tree.contains("▾ home") && lost.tree.contains("attic"))
    try broker.start()
    try exploration.session.wait(within: .seconds(60)) { !$0.rows[0].contains("retry") && $0.rows[0].contains("MQTT") }
    try exploration.session.wait(within: .seconds(60)) { screen in
      _ = try? Exploration.publish(to: broker, "home/hall", "after", [])
      return screen.tree.contains("after")
    }
    #expect(exploration.session.screen.contains("home/hall"))
    #expect(exploration.session.screen.tree.contains("kitchen"))
    try exploration.quit()
  }

  @Test func `a broker that is not there is explained, tried again, and found when it comes`() throws {
    let broker = try Mosquitto()
    try broker.kill()
    let exploration = try Exploration(broker)
    try exploration.session.wait {
      $0.flowing.contains("Connection refused: is a broker listening on 127.0.0.1:\(broker.port)?")
    }
    try exploration.session.wait { $0.rows[0].matchesCountdown }
    try exploration.session.wait(for: "r tries again at once")
    try broker.start()
    try exploration.session.type("r")
    try exploration.session.wait(for: "subscribed to home/#")
    try exploration.quit()
  }

  @Test func `a host without an address is explained`() throws {
    let folder = try TemporaryFolder()
    let session = try Exploration.session(["mqtt://no-such-host.invalid:1883"], in: folder)
    try session.wait(within: .seconds(40)) { $0.flowing.contains("The host name no-such-host.invalid has no address") }
    try session.type("q")
    #expect(try session.waitForExit() == .exited(0))
  }
}

extension String {
  /// Whether a countdown to the next attempt stands here.
  var matchesCountdown: Bool { contains("retry in ") && contains(" s") }
}
