import TestSupport
import Testing

/// A terminal that changes its size under the explorer.
@Suite struct ExploreResizeTests {
  private static let sizes = [(80, 24), (59, 20), (1, 1), (300, 100), (2, 40), (200, 2), (120, 30)]

  private func start() throws -> Exploration {
    let broker = try Mosquitto()
    let lines = (1...400).map { "  \"field\($0)\": \($0)" }.joined(separator: ",\n")
    for room in 10..<50 {
      try Exploration.publish(to: broker, "home/room\(room)", room == 30 ? "{\n\(lines)\n}" : "ON")
    }
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "room10")
    try exploration.session.wait { $0.rows[0].contains("40 topics") }
    try exploration.session.type("/room30")
    try exploration.session.press(.enter)
    try exploration.session.wait { $0.contains("\"field1\": 1") }
    try exploration.session.press(.escape)
    try exploration.session.wait { $0.tree.contains("room29") && $0.tree.contains("room30") }
    return exploration
  }

  private func resize(_ exploration: Exploration, _ columns: Int, _ rows: Int) throws {
    try exploration.session.resize(to: TerminalSize(columns: columns, rows: rows))
  }

  @Test func `the selected topic stays selected and in sight at every size`() throws {
    let exploration = try start()
    for (columns, rows) in Self.sizes {
      try resize(exploration, columns, rows)
      guard columns >= 20, rows >= 6 else {
        try exploration.session.wait { !$0.contains("room30") }
        continue
      }
      try exploration.session.wait { $0.contains("room30") && $0.rows[0].contains("127.0.0.1") }
    }
    try exploration.session.wait { $0.contains("home/room30") && $0.contains("\"field1\": 1") }
    try exploration.quit()
  }

  @Test func `the line that was read stays the line that is read`() throws {
    let exploration = try start()
    try exploration.session.type("2")
    var before = try exploration.session.wait(for: "line 1 of 402")
    for _ in 0..<3 {
      try exploration.session.press(.pageDown)
      let place = before.rows[1]
      before = try exploration.session.wait { $0.rows[1] != place && $0.rows[1].contains(" of 402") }
    }
    let words = before.rows.compactMap { $0.firstMatch(of: /line ([0-9]+) of/)?.output.1 }
    let line = try #require(words.first)
    for (columns, rows) in Self.sizes {
      try resize(exploration, columns, rows)
      guard columns >= 59, rows >= 20 else { continue }
      try exploration.session.wait { $0.contains("line \(line) of") }
    }
    try exploration.quit()
  }

  @Test func `the form keeps what was typed at every size`() throws {
    let exploration = try start()
    try exploration.openForm()
    try exploration.session.type("words in the form")
    try exploration.session.wait(for: "words in the form")
    for (columns, rows) in Self.sizes {
      try resize(exploration, columns, rows)
      let isTiny = rows < 6 || columns < 20
      try exploration.session.wait { isTiny || $0.contains("words in the form") }
    }
    try exploration.session.wait { $0.contains("words in the form") && $0.contains("home/room30") }
    try resize(exploration, 59, 20)
    try exploration.session.wait(for: "words in the form")
    try exploration.quit()
  }

  @Test func `zoom gives a pane the whole screen and takes it back`() throws {
    let exploration = try start()
    try exploration.session.type("2z")
    try exploration.session.wait { $0.rows[1].hasPrefix("╭ 2 Message") && !$0.contains("1 Topics") }
    try exploration.session.type("1")
    try exploration.session.wait { $0.rows[1].hasPrefix("╭ 1 Topics") && !$0.contains("2 Message") }
    try exploration.session.type("z")
    try exploration.session.wait { $0.contains("1 Topics") && $0.contains("2 Message") && $0.contains("3 History") }
    try exploration.quit()
  }
}
