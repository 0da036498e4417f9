import TestSupport
import Testing

/// The steps of the tour, done by a person's keys: in the demo, where each has to be noticed, and again on mosquitto.
struct TourWalkTests {
  /// What a step asks for, and by what on the screen it is seen to be done.
  private struct Deed: Sendable {
    let keys: @Sendable (TerminalSession) throws -> Void
    let isSeen: @Sendable (Screen) -> Bool
  }

  private static let deeds = [
    // Tree
    Deed(keys: { try go(to: "home/kitchen/climate", in: $0) }) {
      $0.rows.contains { $0.contains("Message") } && $0.text.contains("temperature")
    },
    // History
    Deed(keys: {
      try $0.wait(within: .seconds(60)) { $0.matches("[2-9] kept of") }
      try $0.type("3j")
    }) { $0.contains("History") },
    // Retained
    Deed(
      keys: {
        try $0.type("g1")
        try go(to: "home/+/motion", in: $0)  // of any room: each moves by chance
      }
    ) { $0.matches("│home/[^/]+/motion ") },
    // Filter
    Deed(keys: { try $0.type("/home/+/light\r") }) {
      $0.tree.contains("light")
    },
    // Publish
    Deed(
      keys: {
        try leave("─ filter home", in: $0)
        try publish("home/kitchen/light/set", "ON", in: $0)
      }
    ) { $0.matches("/set +sent") },
    // QoS 2
    Deed(
      keys: {
        try leave("╭ Publish", in: $0)
        try publish("demo/counter/add", "1", turns: 2, in: $0)
      }
    ) { $0.matches("PUBCOMP") },
    // Packets
    Deed(
      keys: {
        try leave("╭ Publish", in: $0)
        try $0.type("L")
      }
    ) { $0.contains("Protocol") },
    // Subscribe
    Deed(
      keys: {
        try leave("Protocol", in: $0)
        try $0.type("s")
        try $0.wait(for: "Subscriptions")
        try $0.type("achat/#\u{14}\r")
      }
    ) { $0.matches("chat/# .*QoS [01]") },
    // Will
    Deed(
      keys: {
        try leave("╭ Subscriptions", in: $0)
        try go(to: "home/doorbell/availability", in: $0)
      }
    ) { $0.contains("offline") },
    // Session
    Deed(
      keys: {
        try $0.type("ri")
      }
    ) { $0.matches("[Ss]ession present +yes") },
    // Take-over
    Deed(
      keys: {
        try leave("ession present", in: $0)
        try go(to: "duel/champion", in: $0)
      }
    ) { $0.contains("│duel/champion ") },
  ]

  /// Goes to a topic, or to the first of a filter, again while none has come yet.
  private static func go(to topic: String, in session: TerminalSession) throws {
    let title = "│\(topic.replacing("+", with: "[^/]+")) "
    for _ in 0..<20 {
      try session.type("/\(topic)\r")
      try session.wait(for: "─ filter ")
      let isThere = (try? session.wait(within: .seconds(2)) { $0.matches(title) }) != nil
      try leave("─ filter ", in: session)
      if isThere { return }
    }
  }

  /// Esc, and until what it leaves is off the screen: a key right behind it would be taken for Alt and that key.
  private static func leave(_ title: String, in session: TerminalSession) throws {
    try session.press(.escape)
    try session.wait { !$0.text.contains(title) }
  }

  /// Publishes by the form, at the QoS that so many turns lead to.
  private static func publish(
    _ topic: String, _ payload: String, turns: Int = 0, in session: TerminalSession
  ) throws {
    try session.type("p")
    try session.wait(for: "╭ Publish")
    for _ in 0..<4 { try session.press(.tab, isShifted: true) }
    let clear = String(repeating: "\u{7f}", count: 40)
    try session.type(clear + topic + "\r" + clear + payload)
    for _ in 0..<turns { try session.control("T") }
    try session.control("S")
  }

  @Test func `each step can be done with the keys it names, and is noticed`() throws {
    let folder = try TemporaryFolder()
    let session = try Exploration.session(["demo"], in: folder)
    try session.wait(for: "▸ home")
    for (number, deed) in Self.deeds.enumerated() {
      try session.wait(for: "Tour, \(number + 1) of 12", within: .seconds(60))
      try deed.keys(session)
    }
    try session.wait(for: "Tour, 12 of 12", within: .seconds(60))
    try session.type("?")
    try session.wait(for: "That was the tour")
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
  }

  @Test func `on mosquitto the same keys lead to the same`() throws {
    let world = try PlayedWorld()
    defer { world.stop() }
    let session = try Exploration.session(
      [world.broker.url, "--persistent", "--client-id", "tourist"], in: world.broker.folder)
    try session.wait(for: "▸ home")
    for deed in Self.deeds {
      try deed.keys(session)
      try session.wait(within: .seconds(60)) { deed.isSeen($0) }
    }
    try session.control("C")
    #expect(try session.waitForExit() == .exited(0))
  }
}
