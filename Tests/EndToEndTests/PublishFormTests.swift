import TestSupport
import Testing

/// The publish form with the real broker's answers.
@Suite struct PublishFormTests {
  /// The last thing that the form says of a message, by QoS.
  private static let outcomes = ["not acknowledged", "PUBACK", "PUBCOMP"]

  private func openForm(_ broker: Mosquitto, _ arguments: [String] = ["-t", "home/#"]) throws -> Exploration {
    try Exploration.publish(to: broker, "home/light", "first", ["-r", "-u", "admin"])
    let exploration = try Exploration(broker, arguments)
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "1 kept of 1")
    try exploration.session.type("p")
    let payload = try #require(try exploration.session.wait(for: "(empty)").place(of: "(empty)"))
    try exploration.session.click(column: payload.column, row: payload.row)
    return exploration
  }

  @Test(arguments: [0, 1, 2], [true, false])
  func `each QoS is published with and without retain, and the handshake is shown`(qos: Int, retain: Bool) throws {
    let broker = try Mosquitto()
    let exploration = try openForm(broker)
    try exploration.session.paste("from\nthe form")
    for _ in 0..<qos { try exploration.session.control("T") }
    if retain { try exploration.session.control("R") }
    try exploration.session.wait { $0.contains("[\(qos)]") && $0.contains(retain ? "[x]" : "[ ]") }
    try exploration.session.control("S")
    let sent = try exploration.session.wait(for: Self.outcomes[qos])
    if qos == 2 { #expect(sent.contains("PUBREC") && sent.contains("PUBREL")) }
    try exploration.session.press(.escape)
    try exploration.session.wait { !$0.contains("╭ Publish") && $0.contains("2 kept of 2") && $0.contains("the form") }
    #expect(try Exploration.retained("home/light", in: broker) == (retain ? "from\nthe form" : "first"))
    try exploration.quit()
  }

  @Test func `an empty retained payload is announced, confirmed, and clears`() throws {
    let broker = try Mosquitto()
    let exploration = try openForm(broker)
    try exploration.session.control("R")
    try exploration.session.wait(for: "deletes the retained value of home/light")
    try exploration.session.control("S")
    try exploration.session.wait(for: "again")
    #expect(try Exploration.retained("home/light", in: broker) == "first")
    try exploration.session.control("S")
    try exploration.session.wait(for: "not acknowledged")
    try exploration.session.press(.escape)
    try exploration.session.wait(for: "2 kept of 2")  // the broker has it: it has sent it to us as well
    #expect(try Exploration.retained("home/light", in: broker) == "")
  }

  @Test func `what the broker refuses is said in its words`() throws {
    let broker = try Mosquitto { folder in
      let rules = "topic read #\nuser admin\ntopic readwrite #\n"
      return ["allow_anonymous true", "acl_file \(try folder.write(rules, to: "acl"))"]
    }
    let exploration = try openForm(broker)
    try exploration.session.type("not for us to say")
    try exploration.session.control("T")
    try exploration.session.wait(for: "[1]")
    try exploration.session.control("S")
    try exploration.session.wait(for: "135 Not authorized")
  }

  @Test func `read-only opens no form`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "first")
    let exploration = try Exploration(broker, ["--read-only"])
    try exploration.openAll(until: "light")
    try exploration.session.wait(for: "read-only")
    try exploration.session.type("p")
    try exploration.session.wait(for: "Nothing is published")
    #expect(!exploration.session.screen.contains("╭ Publish"))
  }

  @Test func `a draft is there again after a restart`() throws {
    let broker = try Mosquitto()
    let exploration = try openForm(broker)
    try exploration.session.type("unfinished words")
    try exploration.session.wait(for: "unfinished words")
    try exploration.quit()
    let again = try Exploration(broker)
    try again.openAll(until: "light")
    try again.session.wait(for: "◆ light")
    try again.session.type("p")
    try again.session.wait(for: "unfinished words")
  }
}
