import MQTT
import MQTTClient
import NIOCore
import Payloads
import Terminal
import TestSupport
import Testing

@testable import Explorer

@Suite struct PublishFormTests {
  private func type(_ text: String, _ form: inout PublishForm) {
    for character in text { _ = form.handle(character == "\n" ? .enter : .character(character)) }
  }

  private func press(_ keys: Key..., in form: inout PublishForm) -> [FormEffect] {
    keys.flatMap { form.handle($0) }
  }

  @Test func `a topic and a payload are typed and sent`() {
    var form = PublishForm()
    type("a/b", &form)
    _ = press(.tab, .character("1"), .tab, .character(" "), .tab, .tab, in: &form)
    type("on", &form)
    let draft = PublishDraft(topic: "a/b", payload: "on", qos: .atLeastOnce, isRetained: true)
    let message = Message(topic: "a/b", payload: ByteBuffer(string: "on"), qos: .atLeastOnce, isRetained: true)
    #expect(press(.control("s"), in: &form) == [.send(RequestID(rawValue: 1 << 32), message), .remember(draft)])
    #expect(form.draft == draft)
  }

  @Test func `behind the topic comes what is to be said`() {
    var form = PublishForm()
    type("a/b\non", &form)
    #expect(form.draft == PublishDraft(topic: "a/b", payload: "on"))
  }

  @Test func `a draft with a problem is not sent and the problem gets the keys`() {
    var form = PublishForm(PublishDraft(topic: "a/#", payload: "x"))
    #expect(press(.function(2), in: &form) == [])
    #expect(form.focus == .topic)
    #expect(form.notice?.field == .topic)
  }

  @Test func `deleting a retained value takes a second press`() {
    var form = PublishForm(PublishDraft(topic: "a", isRetained: true))
    #expect(press(.control("s"), in: &form) == [])
    #expect(form.stage == .confirming)
    #expect(press(.left, .control("s"), in: &form) == [])
    #expect(press(.control("s"), in: &form).count == 2)
  }

  @Test func `escape takes back the question and does not leave`() {
    var form = PublishForm(PublishDraft(topic: "a", isRetained: true))
    #expect(press(.control("s"), .focusLost, .focusGained, in: &form) == [])
    #expect(form.stage == .confirming)
    #expect(press(.escape, in: &form) == [])
    #expect(form.stage == .writing)
  }

  @Test func `an empty payload can be sent in every notation`() {
    for input in PayloadInput.allCases where input != .file {
      var form = PublishForm(PublishDraft(topic: "a", input: input))
      #expect(press(.control("s"), in: &form).count == 2, "\(input)")
    }
  }

  @Test func `the line end that an editor adds is not published`() {
    var form = PublishForm(PublishDraft(topic: "a", payload: "b"))
    form.edited(Array("c\n".utf8))
    #expect(form.draft.payload == "c")
    form.edited([0xFF, 0x0A])
    #expect(form.draft.payload == "ff" && form.draft.input == .hex)
    var lines = PublishForm(PublishDraft(topic: "a", payload: "b\n"))
    lines.edited(Array("c\n".utf8))
    #expect(lines.draft.payload == "c\n")
  }

  @Test func `tidy lays JSON out and leaves what is not JSON alone`() {
    var form = PublishForm(PublishDraft(topic: "a", payload: "{\"a\":1.50}"))
    _ = press(.control("l"), in: &form)
    #expect(form.draft.payload == "{\n  \"a\": 1.50\n}")
    #expect(form.draft.input == .json)
    var hex = PublishForm(PublishDraft(topic: "a", payload: "12", input: .hex))
    _ = press(.control("l"), in: &hex)
    #expect(hex.draft.payload == "12" && hex.draft.input == .hex)
  }

  @Test func `the file of the payload is read by the host`() {
    var form = PublishForm(PublishDraft(topic: "a", payload: "/tmp/x", input: .file))
    #expect(press(.control("s"), in: &form) == [.readFile(path: "/tmp/x")])
    let effects = form.finishSending(.success([1, 2]))
    let message = Message(topic: "a", payload: ByteBuffer(bytes: [1, 2]))
    #expect(effects.first == .send(RequestID(rawValue: 1 << 32), message))
    _ = press(.control("s"), in: &form)
    #expect(form.finishSending(.failure(.notRegular(path: "/tmp/x"))) == [])
    #expect(form.notice?.sentence == "/tmp/x is not a regular file.")
  }

  @Test func `an empty file with retain asks as an empty payload does`() {
    var form = PublishForm(PublishDraft(topic: "a", payload: "/tmp/x", input: .file, isRetained: true))
    _ = press(.control("s"), in: &form)
    #expect(form.finishSending(.success([])) == [])
    _ = press(.control("s"), in: &form)
    #expect(form.finishSending(.success([])).count == 2)
  }

  @Test func `leaving keeps the draft`() {
    let draft = PublishDraft(topic: "a", payload: "half a th")
    var form = PublishForm(draft)
    #expect(press(.escape, in: &form) == [.keepDraft(draft), .close])
  }

  @Test func `a chosen completion becomes the topic, and none is forced`() {
    var form = PublishForm()
    let topics = { (prefix: String) in ["home/hall", "home/kitchen"].filter { $0.hasPrefix(prefix) } }
    for character in "home" { _ = form.handle(.character(character), completions: topics) }
    _ = form.handle(.down, completions: topics)
    _ = form.handle(.down, completions: topics)
    _ = form.handle(.enter, completions: topics)
    #expect(form[.topic].text == "home/kitchen")
    #expect(form.focus == .topic && form.overlay == .none)
    _ = form.handle(.character("x"), completions: topics)
    _ = form.handle(.tab, completions: topics)
    #expect(form[.topic].text == "home/kitchenx")
    #expect(form.focus == .qos)
  }

  @Test func `up in the topic walks whole past publishes and down leads back`() {
    let past = [PublishDraft(topic: "a", payload: "1"), PublishDraft(topic: "b", payload: "2", qos: .exactlyOnce)]
    var form = PublishForm(history: PublishHistory(past))
    type("half", &form)
    _ = press(.up, in: &form)
    #expect(form.draft == past[1])
    _ = press(.up, .up, in: &form)
    #expect(form.draft == past[0])
    _ = press(.down, .down, in: &form)
    #expect(form.draft.topic == "half")
  }

  @Test func `up in the payload brings past payloads and leaves the topic`() {
    let past = [PublishDraft(topic: "a", payload: "x\ny", input: .json)]
    var form = PublishForm(PublishDraft(topic: "here", payload: "now"), history: PublishHistory(past))
    _ = press(.up, in: &form)
    #expect(form.draft.topic == "here")
    #expect(form.draft.payload == "x\ny" && form.draft.input == .json)
    _ = press(.down, .down, in: &form)
    #expect(form.draft.payload == "now")
  }

  @Test func `a past publish is found, taken, and nothing is sent from the list`() {
    let past = [PublishDraft(topic: "a/Lamp", payload: "1"), PublishDraft(topic: "b", payload: "2")]
    var form = PublishForm(history: PublishHistory(past))
    _ = press(.control("o"), in: &form)
    type("lamp", &form)
    #expect(press(.control("s"), in: &form) == [])
    _ = press(.enter, in: &form)
    #expect(form.draft == past[0])
  }

  @Test func `on 3.1.1 the properties cannot be reached`() {
    var form = PublishForm()
    form.terms.version = .v3_1_1
    #expect(form.fields.allSatisfy { !$0.isProperty })
    _ = press(.backTab, in: &form)
    #expect(form.focus == .payload)
  }

  @Test func `the handshake is told as it happens`() {
    var outcome = PublishOutcome(request: 1, topic: "a", qos: .exactlyOnce)
    outcome.take(.sent(packetID: 1, isDuplicate: false), at: 1_000_000)
    outcome.take(.received(.success, []), at: 3_000_000)
    outcome.take(.released, at: 3_100_000)
    #expect(outcome.state == .underWay)
    outcome.take(.completed(.success, []), at: 6_400_000)
    #expect(outcome.text == "sent → PUBREC 2 ms → PUBREL → PUBCOMP 5 ms")
    #expect(outcome.state == .done)
  }

  @Test func `a reason code is told in words, and a failure is a failure`() {
    var outcome = PublishOutcome(request: 1, topic: "a", qos: .atLeastOnce)
    outcome.take(.sent(packetID: 1, isDuplicate: false), at: 0)
    outcome.take(.acknowledged(.noMatchingSubscribers, []), at: 400_000)
    #expect(outcome.text == "sent → PUBACK 0.4 ms  16 No matching subscribers")
    #expect(outcome.state == .done)
    var refused = PublishOutcome(request: 2, topic: "a", qos: .exactlyOnce)
    refused.take(.sent(packetID: 1, isDuplicate: false), at: 0)
    refused.take(.received(.notAuthorized, [.reasonString("acl")]), at: 2_000_000_000)
    #expect(refused.text == "sent → PUBREC 2.0 s  135 Not authorized: acl")
    #expect(refused.state == .failed)
  }

  @Test func `a payload too long to be checked on each key is checked when it is sent`() {
    let broken = "[" + String(repeating: "1,", count: PublishForm.liveLimit)
    let form = PublishForm(PublishDraft(topic: "a", payload: broken, input: .json))
    #expect(form.checks.map(\.weight) == [.note])
  }

  @Test func `no key in any order traps at any size`() {
    let keys: [Key] = [
      .character("a"), .character("é"), .character(" "), .enter, .tab, .backTab, .escape, .backspace, .delete, .up,
      .down,
      .left, .right, .home, .end, .pageUp, .pageDown, .control("t"), .control("o"), .control("l"), .control("f"),
      .control("s"), .control("u"), .control("y"), .control("w"), .control("k"),
      .paste([0xFF, 13, 65], isWhole: false),
    ]
    var random = Chance(seed: 7)
    var form = PublishForm(history: PublishHistory([PublishDraft(topic: "past", payload: "x")]))
    for _ in 0..<3_000 {
      _ = form.handle(keys.randomElement(using: &random) ?? .tab, completions: { [$0 + "/more", $0 + "/日本"] })
      let size = Size(columns: Int.random(in: 1...90, using: &random), rows: Int.random(in: 1...30, using: &random))
      form.area = Rect(size)
      if form.area.rows % 3 == 0 { form.terms.version = form.terms.version == .v5 ? .v3_1_1 : .v5 }
      var frame = Frame(size: size)
      form.draw(into: &frame, in: form.area)
    }
  }
}
