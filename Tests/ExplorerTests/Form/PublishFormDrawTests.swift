import MQTT
import MQTTClient
import Terminal
import Testing

@testable import Explorer

@Suite struct PublishFormDrawTests {
  private let draft = PublishDraft(
    topic: "home/kitchen/climate/set", payload: "{\n  \"temperature\": 21.4,\n}", input: .json, qos: .exactlyOnce)

  private func drawn(_ form: PublishForm, _ columns: Int, _ rows: Int) -> Frame {
    var form = form
    var frame = Frame(size: Size(columns: columns, rows: rows))
    form.area = Rect(frame.size)
    form.draw(into: &frame, in: form.area)
    return frame
  }

  private func lines(_ form: PublishForm, _ columns: Int, _ rows: Int) -> [String] {
    drawn(form, columns, rows).text.split(separator: "\n").map(String.init)
  }

  @Test func `what a form without room had to hide is there again when it has room`() {
    var form = PublishForm(draft)
    form.area = Rect(Size(columns: 1, rows: 1))
    #expect(drawn(form, 80, 24) == drawn(PublishForm(draft), 80, 24))
  }

  @Test func `everything has its place at 80x24`() {
    #expect(
      drawn(PublishForm(draft), 80, 24).text == """
        ╭ Publish ─────────────────────────────────────────────────────────── MQTT 5.0 ╮
        │ Topic           home/kitchen/climate/set                                     │
        │ QoS              0  1 [2] Retain [ ]  Format  Text [JSON] Hex  Base64  File  │
        │                                                                              │
        │ Payload         {                                                            │
        │                   "temperature": 21.4,                                       │
        │                 }                                                            │
        │                                                                              │
        │                                                                              │
        │                                                                              │
        │ Content type    such as application/json                                     │
        │ Response topic  a topic for the answer                                       │
        │ Correlation     text, or bytes as 0x01ff                                     │
        │ Expires after   seconds, or 90s 5m 2h 1d                                     │
        │ Payload is      [not said] UTF-8 text                                        │
        │ User properties name=value, one a line                                       │
        │                                                                              │
        │                                                                              │
        │ × Line 3, column 1 (offset 25): A comma may not stand before }.              │
        │                                                                              │
        │ What becomes of a message is shown here.                                     │
        │                                                                              │
        │                                                                              │
        ╰─ ^S send  Esc leave  Tab next  ^T QoS  ^R retain  ^F format  ^O past ────────╯
        """)
  }

  @Test func `the least that can be worked with is 40x10`() {
    #expect(
      drawn(PublishForm(draft), 40, 10).text == """
        ╭ Publish ─────────────────── MQTT 5.0 ╮
        │ Topic   home/kitchen/climate/set     │
        │ QoS      0  1 [2]   Retain [ ]       │
        │ Format   Text[JSON]Hex Base64 File   │
        │ Payload   "temperature": 21.4,       │
        │         }                            │
        │ × Line 3, column 1 (offset 25): A    │
        │ comma may not stand before }.        │
        │ What becomes of a message is shown … │
        ╰─ ^S send  Esc leave  Tab next ───────╯
        """)
    #expect(drawn(PublishForm(draft), 40, 10).cursor == Point(column: 11, row: 5))
  }

  @Test func `in a low window the properties take the payload's place while one has the keys`() {
    var form = PublishForm(draft)
    form.focus = .userProperties
    let text = lines(form, 60, 13)
    #expect(text[4].hasPrefix("│ Respond a topic for the answer"))
    #expect(text[8].hasPrefix("│ User    name=value, one a line"))
  }

  @Test func `on 3.1.1 a sentence stands for the properties`() {
    var form = PublishForm(draft)
    form.terms.version = .v3_1_1
    let text = drawn(form, 80, 24).text
    #expect(text.contains("MQTT 3.1.1 has no message properties; they need a connection with MQTT 5."))
    #expect(!text.contains("Content type"))
  }

  @Test func `outcomes stand below each other, failures in the colour of danger`() {
    var form = PublishForm(PublishDraft(topic: "home/kitchen/climate/set", payload: "1", qos: .exactlyOnce))
    for code in [ReasonCode.success, .notAuthorized] {
      guard case .send(let request, _) = form.handle(.control("s")).first else { return #expect(Bool(false)) }
      form.update(request, .sent(packetID: 1, isDuplicate: false), at: 0)
      form.update(request, .received(code, [.reasonString("denied by rule 12")]), at: 2_000_000)
      if code == .success { form.update(request, .released, at: 2_000_000) }
      if code == .success { form.update(request, .completed(code, []), at: 5_000_000) }
    }
    let text = lines(form, 80, 24)
    #expect(text[20] == "│ …n/climate/set  sent → PUBREC 2 ms → PUBREL → PUBCOMP 5 ms                   │")
    #expect(text[21] == "│ …n/climate/set  sent → PUBREC 2 ms  135 Not authorized: denied by rule 12    │")
    #expect(drawn(form, 80, 24)[40, 21].style.role == .danger)
    #expect(lines(form, 40, 10)[8] == "│ authorized: denied by rule 12        │")
  }

  @Test func `deleting a retained value is asked for in the colour of danger`() {
    var form = PublishForm(PublishDraft(topic: "a/b", isRetained: true))
    _ = form.handle(.control("s"))
    #expect(lines(form, 80, 24)[18].contains("This deletes the retained value of a/b. Press Ctrl+S again to send it."))
    #expect(drawn(form, 80, 24)[4, 18].style.role == .danger)
  }

  @Test func `escape sequences in a topic and a payload stay text`() {
    let form = PublishForm(PublishDraft(topic: "a/\u{1B}[2J", payload: "\u{202E}x", isRetained: true))
    let text = drawn(form, 80, 24).text
    #expect(text.contains("a/␛[2J"))
    #expect(text.contains("⟨U+202E⟩x"))
  }

  @Test func `a click goes to the field and chooses there`() {
    var form = PublishForm(draft)
    func click(_ column: Int, _ row: Int) {
      _ = form.handle(.mouse(MouseEvent(.press(.left), at: Point(column: column, row: row))))
    }
    click(19, 1)
    #expect(form.focus == .topic && form[.topic].cursor.offset == 1)
    click(20, 2)
    #expect(form.focus == .qos && form.qos == .atMostOnce)
    click(60, 2)
    #expect(form.focus == .input && form.input == .hex)
    click(21, 5)
    #expect(form[.payload].cursor == TextPosition(line: 1, offset: 3))
  }

  @Test func `a topic and a reason of 65,535 bytes leave the form as it is`() {
    var form = PublishForm(PublishDraft(topic: String(repeating: "t", count: 65_535), isRetained: true))
    _ = form.handle(.control("s"))
    guard case .send(let request, let message) = form.handle(.control("s")).first else { return #expect(Bool(false)) }
    #expect(message.topic.utf8.count == 65_535)
    form.update(request, .sent(packetID: 1, isDuplicate: false), at: 0)
    form.update(request, .received(.quotaExceeded, [.reasonString(String(repeating: "r ", count: 32_000))]), at: 0)
    let text = lines(form, 80, 24)
    #expect(text[18].hasPrefix("│ ! This deletes the retained value of"))
    #expect(text[22].contains("r r"))
    #expect(form.notice == nil && text.count == 24)
  }

  @Test func `past publishes are listed newest first`() {
    let past = [
      PublishDraft(topic: "a/b", payload: "00 ff", input: .hex), PublishDraft(topic: "a/long/topic", isRetained: true),
    ]
    var form = PublishForm(history: PublishHistory(past))
    _ = form.handle(.control("o"))
    let text = lines(form, 60, 10)
    #expect(text[2] == "│ ▸ a/long/topic           q0 ◆ (empty)                    │")
    #expect(text[3] == "│   a/b                    q0 · Hex 00 ff                  │")
  }
}
