import TestSupport
import Testing

/// The whole program in a terminal against a real broker, used as a person uses it.
@Suite struct ExploreTests {
  @Test(arguments: ["5", "3.1.1"]) func `retained topics fill the tree and a message is read`(version: String) throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/kitchen/climate", #"{"temperature":21.40,"humidity":48}"#)
    let exploration = try Exploration(broker, ["--protocol", version, "-t", "home/#"])
    try exploration.openAll(until: "climate")
    let screen = try exploration.session.wait { $0.contains(#"  "temperature": 21.40,"#) }
    #expect(screen.contains("◆ climate"))
    #expect(screen.contains("JSON 35 B   QoS 0   ◆ retained"))
    #expect(screen.contains("1 kept of 1"))
    #expect(screen.rows[0].contains("MQTT \(version)") && screen.rows[0].contains("1 topic"))
    try exploration.quit()
  }

  @Test func `a live message changes the value and joins the history`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "OFF")
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "◆ light")
    try Exploration.publish(to: broker, "home/light", "ON", [])
    let screen = try exploration.session.wait { $0.contains("2 kept of 2") }
    #expect(screen.contains("· light") || screen.contains("◇ light"))
  }

  @Test func `a broker that dies and comes back finds the tree kept`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "before", ["-r"])
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "before")
    try broker.kill()
    let lost = try exploration.session.wait { $0.rows[0].contains("retry in") }
    #expect(lost.contains("light") && lost.contains("before"))
    try broker.start()
    // No key: one that comes behind the next attempt would connect once more, and bring the message twice
    try Exploration.publish(to: broker, "home/light", "after", ["-r"])
    let back = try exploration.session.wait { $0.contains("after") && !$0.rows[0].contains("retry in") }
    #expect(back.contains("2 kept of 2"))
  }

  @Test func `the filter keeps matches and their ancestors, and Escape brings all back`() throws {
    let broker = try Mosquitto()
    for room in ["kitchen", "hall", "attic"] { try Exploration.publish(to: broker, "home/\(room)/light", "ON") }
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.type("/kit")
    try exploration.session.wait {
      $0.tree.contains("▾ kitchen") && $0.tree.contains("▾ home") && !$0.tree.contains("hall")
    }
    try exploration.session.press(.enter)
    try exploration.session.press(.escape)
    try exploration.session.wait { $0.tree.contains("hall") && $0.tree.contains("attic") }
  }

  @Test func `a paused screen stands still and says how much is held`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "first")
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "first")
    try exploration.session.type(" ")
    try exploration.session.wait(for: "paused")
    for _ in 0..<3 { try Exploration.publish(to: broker, "home/light", "second", []) }
    let held = try exploration.session.wait(for: "3 held")
    #expect(held.contains("first") && !held.contains("second"))
    try exploration.session.type(" ")
    try exploration.session.wait { $0.contains("second") && $0.contains("4 kept of 4") }
  }

  @Test func `copies reach the terminal's clipboard`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "hi")
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "1 kept of 1")
    try exploration.session.type("yY")
    try exploration.session.wait { _ in exploration.session.terminal.systemCommands.count == 2 }
    #expect(exploration.session.terminal.systemCommands == ["52;c;aGk=", "52;c;aG9tZS9saWdodA=="])
  }

  @Test func `help, palette and a resize of any size leave a sane screen`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "shining")
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "shining")
    for (columns, rows) in [(80, 24), (59, 20), (20, 6), (10, 4), (1, 1), (300, 80), (2, 40), (120, 30)] {
      try exploration.session.resize(to: TerminalSize(columns: columns, rows: rows))
      try exploration.session.type("?")
      try exploration.session.press(.escape)
      try exploration.session.type(":")
      try exploration.session.press(.escape)
    }
    try exploration.session.wait { $0.contains("◆ light") && $0.contains("shining") && $0.contains("3 History") }
    try exploration.quit()
  }

  @Test func `a refused connection says why on the screen`() throws {
    let broker = try Mosquitto { _ in ["allow_anonymous false"] }
    let exploration = try Exploration(broker)
    try exploration.session.wait(for: "Not authorized")
    try exploration.quit()
  }

  @Test func `the mouse selects a topic, and --no-mouse leaves it to the terminal`() throws {
    let broker = try Mosquitto()
    for name in ["a", "b"] { try Exploration.publish(to: broker, "home/\(name)", "value of \(name)") }
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "◆ b")
    let screen = try exploration.session.wait { $0.contains("◆ a") && $0.contains("◆ b") }
    let place = try #require(screen.place(of: "◆ a"))
    try exploration.session.click(column: place.column + 2, row: place.row)
    try exploration.session.wait { $0.contains("home/a") }
    let other = try Exploration(broker, ["--no-mouse"])
    #expect(other.session.terminal.mouseMode == 0)
  }
}
