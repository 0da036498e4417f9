import TestSupport
import Testing

/// Finding topics, holding the screen, and help.
@Suite struct ExploreFindTests {
  private func start() throws -> Exploration {
    let broker = try Mosquitto()
    for room in ["attic", "hall", "kitchen"] {
      for kind in ["light", "motion"] { try Exploration.publish(to: broker, "home/\(room)/\(kind)", "in \(room)") }
    }
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "kitchen")
    try exploration.session.wait { $0.rows[0].contains("6 topics") }
    return exploration
  }

  @Test func `n and N step through what was found, around the ends, and it is counted`() throws {
    let exploration = try start()
    let session = exploration.session
    try session.type("g/light")
    try session.wait { $0.contains("3 of 6") && !$0.tree.contains("motion") }
    try session.press(.enter)
    try session.wait { $0.contains("home/attic/light") }
    for room in ["hall", "kitchen", "attic"] {
      try session.type("n")
      try session.wait(for: "home/\(room)/light")
    }
    for room in ["kitchen", "hall"] {
      try session.type("N")
      try session.wait(for: "home/\(room)/light")
    }
    try session.press(.escape)
    try session.wait { $0.tree.contains("motion") && $0.contains("home/hall/light") }
    try exploration.quit()
  }

  @Test func `words and Enter in one burst go to the first match`() throws {
    let exploration = try start()
    try exploration.session.type("g/kitchen/light\r")
    try exploration.session.wait { $0.contains("home/kitchen/light") && $0.contains("1 kept of 1") }
    try exploration.quit()
  }

  @Test(arguments: [("home/+/motion", 3), ("!light", 3), ("home/hall/#", 2), ("KITCHEN", 0), ("nowhere", 0)])
  func `a filter finds as MQTT, inverted, or as text with smart case`(filter: String, count: Int) throws {
    let exploration = try start()
    try exploration.session.type("/\(filter)")
    try exploration.session.wait(for: "\(count) of 6")
    if count == 0 { try exploration.session.wait(for: "No topic matches") }
    try exploration.session.press(.escape)
    try exploration.session.wait { $0.contains("? help") && !$0.contains("No topic matches") }
    try exploration.quit()
  }

  @Test func `help is searched, and a command is run from it`() throws {
    let exploration = try start()
    let session = exploration.session
    try session.type("?")
    try session.wait { $0.contains("╭ Help") && $0.contains("Moving") }
    try session.type("lost")
    try session.wait { $0.contains("Space") && $0.contains("pause the screen") && !$0.contains("half a page") }
    try session.press(.enter)
    try session.wait { !$0.contains("╭ Help") && $0.rows[0].contains("paused, 0 held") }
    try exploration.quit()
  }

  @Test func `a new topic waits behind a pause and comes with the next Space`() throws {
    let exploration = try start()
    try exploration.session.type(" ")
    try exploration.session.wait(for: "paused, 0 held")
    try Exploration.publish(to: exploration.broker, "home/cellar/light", "new")
    let held = try exploration.session.wait(for: "paused, 1 held")
    #expect(!held.tree.contains("cellar"))
    try exploration.session.type(" o")
    try exploration.session.wait { $0.tree.contains("cellar") && $0.rows[0].contains("live") }
    try exploration.quit()
  }

  @Test(arguments: [("5", "· lamp"), ("3.1.1", "◇ lamp")])
  func `a live update of a retained value wears the badge that is true`(version: String, badge: String) throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/lamp", "OFF")
    let exploration = try Exploration(broker, ["--protocol", version, "-t", "home/#"])
    try exploration.openAll(until: "◆ lamp")
    try Exploration.publish(to: broker, "home/lamp", "ON", [])
    try Exploration.publish(to: broker, "home/other", "live only", [])
    try exploration.session.wait { $0.tree.contains(badge) && $0.tree.contains("· other") }
    try Exploration.publish(to: broker, "home/lamp", "KEPT")
    try exploration.session.wait { $0.tree.contains("KEPT") && $0.tree.contains(version == "5" ? "◆ lamp" : "◇ lamp") }
    try exploration.quit()
  }
}
