import FoundationEssentials
import TestSupport
import Testing

/// The protocol view with a real broker.
@Suite struct ExploreProtocolTests {
  private func start(_ broker: Mosquitto, _ more: [String] = []) throws -> Exploration {
    try Exploration.publish(to: broker, "home/light", "first")
    let exploration = try Exploration(broker, ["-t", "home/#"] + more)
    try exploration.openAll(until: "light")
    return exploration
  }

  @Test func `the packets of a publish from the form are there, in their order`() throws {
    let exploration = try start(try Mosquitto())
    let session = exploration.session
    try exploration.openForm()
    try session.type("live")
    for _ in 0..<2 { try session.control("T") }
    try session.control("S")
    try session.wait { $0.matches("→ PUBCOMP") }
    try session.press(.escape)
    try session.wait { !$0.contains("╭ Publish") }
    try session.type("L")
    let screen = try session.wait { $0.contains("Protocol") && $0.contains("PUBCOMP") }
    let rows = ["→ CONNECT", "← CONNACK", "→ SUBSCRIBE", "← SUBACK", "→ PUBLISH", "← PUBREC", "→ PUBREL", "← PUBCOMP"]
    let places = rows.map { row in screen.rows.firstIndex { $0.contains(row) } ?? -1 }
    #expect(places == places.sorted() && !places.contains(-1), "\(places)")
    // The newest line says from where on the broker's messages are shown; above it is the last packet
    try session.type("k")
    try session.wait { $0.matches("┌ → PUBLISH +#[0-9]+ +q2") && $0.matches("└ ← PUBCOMP") }
    try session.press(.enter)
    try session.wait { $0.contains("packet identifier") && $0.contains("the broker sent") }
    try session.press(.escape)
    try exploration.quit()
  }

  @Test func `live packets appear while the view is open, are found by type, and are saved`() throws {
    let broker = try Mosquitto()
    let exploration = try start(broker)
    let session = exploration.session
    try session.type("L")
    try session.wait(for: "following")
    try Exploration.publish(to: broker, "home/hall", "OFF")
    try session.wait { $0.matches("← PUBLISH .*home/hall") }
    try session.type("/suback")
    try session.wait { $0.contains("SUBACK") && !$0.contains("← PUBLISH") }
    try session.press(.enter)
    try session.type("w")
    let screen = try session.wait { $0.flowing.contains("Saved 1 packet in ") }
    let path = try #require(screen.flowing.firstMatch(of: /Saved 1 packet in (\S+)/)).output.1
    defer { try? FileManager.default.removeItem(atPath: String(path)) }
    let text = try Exploration.read(String(path))
    #expect(text.contains("← SUBACK #1 Granted QoS 0 "))
    try exploration.quit()
  }

  @Test func `the log has a line for each packet, and no password`() throws {
    let broker = try Mosquitto()
    let log = broker.folder.path + "/session.log"
    let exploration = try Exploration(
      broker, ["-t", "home/#", "--username", "ada", "--log", log], environment: ["MQTTSCOPE_PASSWORD": "lovelace"])
    try exploration.session.wait { $0.rows[0].contains("MQTT 5") }
    try Exploration.publish(to: broker, "home/hall", "OFF")
    try exploration.session.wait(for: "▸ home")
    try exploration.quit()
    let lines = try Exploration.read(log).split(separator: "\n")
    #expect(lines.contains { $0.contains("Z → CONNECT MQTT 5.0") && $0.contains("user ada, password ••• 8 bytes") })
    #expect(lines.contains { $0.contains("Z ← PUBLISH q0 ◆ home/hall") })
    #expect(lines.contains { $0.contains("Z → DISCONNECT ") }, "our goodbye is a packet too")
    #expect(!lines.contains { $0.contains("lovelace") })
    let times = lines.map { $0.prefix { $0 != " " } }
    #expect(times == times.sorted())
  }

  @Test func `a flood with the view open stays bounded and answers keys`() throws {
    let broker = try Mosquitto()
    let exploration = try start(broker, ["--memory", "64MB"])
    let session = exploration.session
    try session.type("L")
    try session.wait(for: "following")
    let before = try Exploration.residentMemory(of: session)
    let lines = (0..<600_000).map { "message number \($0) of a flood that is long enough to count" }.joined(
      separator: "\n")
    let file = try broker.folder.write(lines + "\n", to: "flood")
    let flood = try PipedProgram("sh", ["-c", "mosquitto_pub -p \(broker.port) -t home/flood -q 0 -l < \(file)"])
    try session.wait { $0.matches("← PUBLISH .*home/flood") }
    try session.type(" ")
    try session.wait(for: "held, ", within: .seconds(5))
    try session.type("G")
    try session.wait(for: "following", within: .seconds(5))
    #expect(try flood.finish().status == .exited(0))
    // The broker drops messages of QoS 0 while we are behind, the last ones too
    let isOver = try (0..<30).contains { number in
      try Exploration.publish(to: broker, "home/over", "\(number)")
      return (try? session.wait(within: .seconds(2)) { $0.matches("← PUBLISH .*home/over") }) != nil
    }
    #expect(isOver)
    try session.wait(for: "older had to go")
    let after = try Exploration.residentMemory(of: session)
    // The store of messages may take 64 MiB, the packets 8, and what is on its way between the threads a few
    #expect(after - before < 96 << 10, "grew by \(after - before) KiB")
    try exploration.quit()
  }
}
