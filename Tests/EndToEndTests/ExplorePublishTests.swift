import TestSupport
import Testing

/// Publishing from the form, with another client as the witness.
@Suite struct ExplorePublishTests {
  /// What the form says of a message in the end, by QoS.
  private static let stories = [
    "sent  QoS 0 is not acknowledged",
    "sent → PUBACK [0-9.]+ m?s",
    "sent → PUBREC [0-9.]+ m?s → PUBREL → PUBCOMP [0-9.]+ m?s",
  ]

  private func start(_ broker: Mosquitto, version: String = "5") throws -> Exploration {
    try Exploration.publish(to: broker, "home/light", "first")
    let exploration = try Exploration(broker, ["--protocol", version, "-t", "home/#"])
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "1 kept of 1")
    return exploration
  }

  @Test(arguments: ["5", "3.1.1"], [0, 1, 2])
  func `another client gets what the form sent, with its QoS and retain`(version: String, qos: Int) throws {
    let broker = try Mosquitto()
    let exploration = try start(broker, version: version)
    let session = exploration.session
    let witness = try Exploration.witness(of: broker)
    try exploration.openForm(version: version)
    try session.type("live")
    for _ in 0..<qos { try session.control("T") }
    try session.wait { $0.contains("[\(qos)]") && $0.contains("live") }
    try session.press(.function(2))
    try session.wait { $0.matches(Self.stories[qos]) }
    try session.control("R")
    try session.wait(for: "[x]")
    try session.type(" kept")
    try session.control("S")
    try session.wait { screen in screen.rows.count { $0.contains("sent") } == 2 && !screen.contains("→ →") }
    try witness.wait {
      $0.text.contains("\(qos) 0 home/light live\n") && $0.text.contains("\(qos) 1 home/light live kept")
    }
    #expect(try Exploration.retained("home/light", in: broker) == "live kept")
    try session.wait { $0.matches(Self.stories[qos]) }
    try exploration.quit()
  }

  @Test(arguments: ["5", "3.1.1"])
  func `clearing asks once more, Escape takes it back, and the broker forgets`(version: String) throws {
    let broker = try Mosquitto()
    let exploration = try start(broker, version: version)
    let session = exploration.session
    let witness = try Exploration.witness(of: broker)
    try exploration.openForm(version: version)
    try session.control("R")
    try session.control("S")
    try session.wait(for: "Press Ctrl+S again to send it")
    try session.press(.escape)
    try session.wait { $0.contains("╭ Publish") && !$0.contains("Press Ctrl+S again") }
    #expect(try Exploration.retained("home/light", in: broker) == "first")
    try session.control("S")
    try session.wait(for: "Press Ctrl+S again to send it")
    try session.control("S")
    try witness.wait { $0.text.contains("0 1 home/light \n") }
    #expect(try Exploration.retained("home/light", in: broker) == "")
    try session.press(.escape)
    let screen = try session.wait { $0.contains("2 kept of 2") }
    #expect(!screen.tree.contains("◆"))
  }

  @Test func `a message that nobody gets is said to have no subscribers`() throws {
    let broker = try Mosquitto()
    let exploration = try start(broker)
    let session = exploration.session
    try exploration.openForm()
    for _ in 0..<4 { try session.press(.tab, isShifted: true) }
    for _ in "home/light" { try session.press(.backspace) }
    try session.type("elsewhere")
    try session.control("T")
    try session.wait { $0.contains("elsewhere") && $0.contains("[1]") }
    try session.control("S")
    try session.wait(for: "16 No matching subscribers")
  }

  @Test func `a refusal at QoS 2 ends at PUBREC`() throws {
    let broker = try Mosquitto { folder in
      let rules = "topic read #\nuser admin\ntopic readwrite #\n"
      return ["allow_anonymous true", "acl_file \(try folder.write(rules, to: "acl"))"]
    }
    try Exploration.publish(to: broker, "home/light", "first", ["-r", "-u", "admin"])
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "light")
    try exploration.openForm()
    try exploration.session.type("x")
    for _ in 0..<2 { try exploration.session.control("T") }
    try exploration.session.control("S")
    let screen = try exploration.session.wait { $0.matches("sent → PUBREC .* 135 Not authorized") }
    #expect(!screen.contains("PUBREL →"))
    #expect(try Exploration.retained("home/light", in: broker) == "first")
  }

  @Test func `what is sent while the broker is away is told to have failed, and can be sent again`() throws {
    let broker = try Mosquitto()
    let exploration = try start(broker)
    let session = exploration.session
    try exploration.openForm()
    try session.type("patient")
    try session.control("T")
    try session.wait(for: "[1]")
    try broker.kill()
    try session.wait { $0.rows[0].contains("retry ") || $0.rows[0].contains("connecting") }
    try session.control("S")
    try session.wait(for: "There is no connection to the broker.")
    try broker.start()
    try session.wait(within: .seconds(60)) { $0.rows[0].contains("live") }
    try session.control("S")
    try session.wait { $0.matches("sent → PUBACK") && $0.contains("patient") }
    try exploration.quit()
  }
}
