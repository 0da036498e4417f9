import TestSupport
import Testing

/// Subscribing and unsubscribing while the program runs, with a real broker that does not allow everything.
@Suite struct ExploreSubscribeTests {
  /// A broker at which anonymous clients may read `home/#`, and which says so when it is asked for more.
  private func narrowBroker() throws -> Mosquitto { try ExploreRefusalTests.narrowBroker() }

  @Test func `a filter is added, another one refused, and one removed`() throws {
    let broker = try narrowBroker()
    try Exploration.publish(to: broker, "home/light", "ON")
    try Exploration.publish(to: broker, "home/hall/motion", "OFF")
    let exploration = try Exploration(broker, ["-t", "home/light"])
    let session = exploration.session
    try session.wait(for: "home")
    try session.type("sa")
    try session.wait(for: "Subscribe")
    for _ in "home/#" { try session.press(.backspace) }
    try session.type("#")
    try session.press(.enter)
    try session.wait { $0.flowing.contains("The broker refused #: 135 Not authorized. Try home/#") }
    try session.type("a")
    try session.wait(for: "Subscribe")
    try session.press(.enter)
    try session.wait { $0.matches("home/# +QoS 0 +QoS 0") }
    try session.press(.escape)
    try session.wait { $0.rows[0].contains("2 topics") }
    // What is removed brings nothing any more
    try session.type("s")
    try session.wait { $0.contains("╭ Subscriptions") }
    try session.type("Gd")
    try session.wait { $0.flowing.contains("Unsubscribed from home/#") }
    try session.press(.escape)
    try Exploration.publish(to: broker, "home/late", "x", [])
    try Exploration.publish(to: broker, "home/light", "OFF")
    try session.type("o")
    let screen = try session.wait { $0.tree.matches("light +OFF") }
    #expect(!screen.tree.contains("late"))
    try exploration.quit()
  }

  @Test func `u offers the filters that bring the selected topic`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, ["-t", "home/#", "-t", "office/#"])
    let session = exploration.session
    try exploration.openAll(until: "light")
    try session.type("u")
    let screen = try session.wait { $0.contains("What brings home/light") }
    #expect(screen.contains("home/# ") && !screen.contains("office/#"))
    try session.type("d")
    try session.wait { $0.flowing.contains("Unsubscribed from home/#") }
    try exploration.quit()
  }

  @Test func `i tells what was agreed on with the broker`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, ["-t", "home/#", "-t", "$SYS/#"])
    let session = exploration.session
    try session.wait(for: "home")
    try session.type("i")
    try session.wait { $0.contains("Session and broker") && $0.matches("protocol +MQTT 5.0") }
    try session.type("p")
    try session.wait { $0.matches("last ping +[0-9.]+ m?s") }
    try session.type("G")
    try session.wait { $0.matches("version +mosquitto version 2") }
    try exploration.quit()
  }
}

extension String {
  /// Whether a line of the text matches.
  fileprivate func matches(_ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return contains(regex)
  }
}
