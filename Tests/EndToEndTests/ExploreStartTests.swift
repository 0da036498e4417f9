import TestSupport
import Testing

/// Terminals, locales and themes that are not what one hopes for.
@Suite struct ExploreStartTests {
  @Test(arguments: ["xterm", "screen-256color", "tmux-256color", "linux", "vt100", "rxvt-unicode-256color"])
  func `every kind of terminal shows the screen and is left as it was`(kind: String) throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, environment: ["TERM": kind, "COLORTERM": ""])
    try exploration.session.wait { $0.contains("1 topic") && $0.tree.contains("home") }
    try exploration.session.type("oG")
    try exploration.session.wait { $0.contains("1 Topics") && $0.contains("home/light") && $0.contains("ON") }
    try exploration.session.control("C")
    #expect(try exploration.session.waitForExit() == .exited(0))
    #expect(try exploration.session.device.modes == exploration.session.device.initialModes)
    #expect(exploration.session.terminal.mouseMode == 0 && exploration.session.screen.cursor.isVisible)
  }

  @Test func `without colours nothing is coloured and all can be told apart`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/light", "ON")
    let exploration = try Exploration(broker, environment: ["NO_COLOR": "1"])
    try exploration.openAll(until: "light")
    let screen = try exploration.session.wait { $0.contains("◆ light") && $0.contains("home/light") }
    let place = try #require(screen.place(of: "◆ light"))
    let cells = (0..<120).flatMap { column in
      (0..<30).map { exploration.session.terminal.cell(column: column, row: $0) }
    }
    #expect(cells.allSatisfy { $0.foreground == .standard && $0.background == .standard })
    let selected = exploration.session.terminal.cell(column: place.column + 2, row: place.row)
    #expect(selected.isReversed || selected.isBold || selected.isUnderlined)
    try exploration.quit()
  }

  @Test func `without UTF-8 the borders and signs are ASCII, and publishing works`() throws {
    let broker = try Mosquitto()
    try Exploration.publish(to: broker, "home/lamp", "hot")
    let exploration = try Exploration(broker, environment: ["LC_ALL": "C"])
    try exploration.session.wait { $0.rows[0].contains("1 topic ") && $0.tree.contains("> home") }
    try exploration.session.type("oG")
    let screen = try exploration.session.wait { $0.contains("1 Topics") && $0.tree.contains("lamp") }
    #expect(screen.text.unicodeScalars.filter { !$0.isASCII } == [])
    try exploration.session.type("p")
    let form = try exploration.session.wait(for: " Publish ")
    #expect(form.text.unicodeScalars.filter { !$0.isASCII } == [])
    try exploration.session.control("S")
    try exploration.session.wait(for: "not acknowledged")
    try exploration.quit()
  }

  @Test func `a broken theme is refused with its place, before the screen is taken`() throws {
    let folder = try TemporaryFolder()
    let theme = try folder.write("[roles\ntext = ", to: "broken.toml")
    let session = try Exploration.session(["127.0.0.1:1", "--theme", theme], in: folder)
    #expect(try session.waitForExit() == .exited(1))
    #expect(session.screen.contains("mqttscope: ") && session.screen.contains("broken.toml"))
    #expect(!session.transcript.contains(0x1b))
    #expect(try session.device.modes == session.device.initialModes)
  }

  @Test func `a payload of 5 MB opens, scrolls and is seen in every view`() throws {
    let broker = try Mosquitto()
    let items = (0..<100_000).map { #"{"id": \#($0), "name": "item number \#($0)"}"# }
    let file = try broker.folder.write("[\(items.joined(separator: ",\n"))]", to: "large.json")
    let outcome = try PipedProgram.run(
      "mosquitto_pub", ["-p", "\(broker.port)", "-t", "home/large", "-r", "-f", file])
    #expect(outcome.status == .exited(0), "\(outcome.errorText)")
    let exploration = try Exploration(broker)
    try exploration.openAll(until: "large")
    let session = exploration.session
    try session.wait(within: .seconds(60)) { $0.contains("item number 0") }
    try session.type("2")
    try session.press(.pageDown)
    try session.wait { $0.matches("line 1[0-9] of 400,002") }
    try session.type("G")
    try session.wait(within: .seconds(60)) { $0.contains("item number 99999") }
    try session.type("v")
    try session.wait(within: .seconds(60)) { $0.contains("tree") }
    try session.type("v")
    try session.wait(within: .seconds(60)) { $0.contains("raw ") }
    try session.type("v")
    try session.wait(within: .seconds(60)) { $0.contains("hex ") }
    try session.type("G")
    try session.wait(within: .seconds(60)) { $0.matches("22 7d 5d +9\"}\\]") }
    try exploration.quit()
  }
}
