import MQTT
import MQTTClient
import Terminal
import Testing

@testable import Explorer

/// The protocol view above a session.
@Suite struct PacketViewTests {
  private let session = Session(120, 30)

  private func pass(_ lines: String...) throws {
    for line in lines {
      let words = line.split(separator: " ")
      session.model.receive(
        try Passing.event(
          Array(words.dropFirst()), isSent: words[0] == ">", version: .v5, wall: session.now.wall,
          monotonic: session.now.monotonic))
    }
    session.refresh()
  }

  /// More than the log keeps.
  private func flood() throws {
    var batch = TraceBatch(wall: session.now.wall, monotonic: session.now.monotonic)
    for _ in 0..<10_000 {
      try Passing.add(["publish", "0", "a", "x"], isSent: false, version: .v5, to: &batch)
    }
    for _ in 0...PacketLog.countLimit / 10_000 { session.model.receive(.traced(batch)) }
    session.refresh()
  }

  @Test func `what is held and has to make room is told, and the view follows again`() throws {
    session.press("L")
    try pass("< publish 0 held/topic x")
    session.press("Space")
    try pass("< publish 0 a x")
    #expect(session.model.packetView.heldAt != nil && session.lines[1].contains("held, 1 since"))
    try flood()
    #expect(session.model.packetView.isFollowing)
    #expect(session.model.notice?.kind == .warning)
    #expect(session.lines.last?.contains("What was held had to make room: 8.4 MB") == true)
  }

  @Test func `a hold whose rows are all kept goes on`() throws {
    session.press("L")
    try pass("< publish 0 held/topic x")
    session.press("Space")
    for _ in 0..<100 { try pass("< publish 0 a x") }
    #expect(session.model.packetView.heldAt != nil && session.model.notice == nil)
  }

  @Test func `a packet that is not answered is told after ten seconds, and no more once it is`() throws {
    session.press("L")
    try pass("> subscribe 3 home/#", "> publish q2 4 a x", "< pubrec 4", "> pubrel 4")
    session.wait(seconds: 9)
    #expect(!session.model.frame().text.contains("not yet"))
    session.wait(seconds: 1)
    let late = session.lines.filter { $0.contains("not yet") }
    #expect(late.count == 2 && late[0].contains("SUBSCRIBE") && late[1].contains("PUBREL"))
    session.press("Up Up Up Enter")
    #expect(session.model.frame().text.contains("SUBSCRIBE #3 was sent at"))
    #expect(session.model.frame().text.contains("no SUBACK has come."))
    try pass("< suback 3 0", "< pubcomp 4")
    #expect(!session.model.frame().text.contains("not yet"))
    #expect(!session.model.frame().text.contains("no SUBACK has come."))
  }

  @Test func `what a packet is and its topic stay in the least room`() {
    for columns in 34...200 {
      let shape = PacketColumns(columns: columns)
      #expect(columns - shape.before - shape.tail >= 16, "\(columns)")
      #expect(shape.type >= 9)
    }
    #expect(PacketColumns(columns: 78) == PacketColumns(columns: 200))
    #expect(PacketColumns(columns: 58).answered == 0 && PacketColumns(columns: 58).id == 7)
  }

  @Test func `a long word about the connection is shown whole when it is opened`() throws {
    let words = (1...40).map { "word\($0)" }
    session.press("L")
    session.model.packets.note(words.joined(separator: " "), wall: session.now.wall)
    session.refresh()
    #expect(!session.model.frame().text.contains("word40"))
    session.press("Enter")
    for word in words { #expect(session.model.frame().text.contains(word)) }
  }

  @Test func `a value that does not fit beside its name is shown whole below it`() throws {
    session.model.size = Size(columns: 40, rows: 24)
    session.press("L")
    try pass("< publish 0 home/kitchen/cupboard/left/third/shelf/behind/the/jam x")
    session.press("Enter")
    let text = session.lines.map { $0.dropFirst().dropLast() }.joined().replacing(" ", with: "")
    #expect(text.contains("home/kitchen/cupboard/left/third/shelf/behind/the/jam"))
  }

  @Test(arguments: ["L", "i", "s"], ["?", ":", "F1", "Ctrl+P"])
  func `help opens above a screen and closes to it`(screen: String, key: String) {
    session.press(screen)
    let layer = session.model.layer
    session.press(key)
    #expect(session.model.frame().text.contains("type to search"))
    session.press("Esc")
    #expect(session.model.layer == layer)
  }

  @Test func `the palette runs a command of the screen that it was opened on`() throws {
    session.press("L")
    try pass("< publish 0 a x")
    session.press(":")
    session.type("hold what")
    session.press("Enter")
    #expect(session.model.layer == .packets && session.model.packetView.heldAt != nil)
  }

  @Test func `the palette leaves the protocol view as its own key does`() {
    session.press("L :")
    session.type("facts")
    let effects = session.press("Enter")
    #expect(session.model.layer == .facts)
    #expect(effects == [.perform(.trace(.ours))])
    session.press(":")
    session.type("back, or quit")
    #expect(session.press("Enter").isEmpty)
    #expect(session.model.layer == Model.Layer.none)
  }

  @Test(arguments: ["L", "i", "s"], ["L", "i", "s"])
  func `from each screen the key of another goes there, and its own goes back`(from: String, to: String) {
    session.press(to)
    let wanted = from == to ? Model.Layer.none : session.model.layer
    session.press("Esc \(from) \(to)")
    #expect(session.model.layer == wanted)
  }

  @Test func `while the filter is written its signs are text`() {
    session.press("L / ? :")
    #expect(session.model.layer == .packets && session.model.packetView.filter.text == "?:")
  }
}
