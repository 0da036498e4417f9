import MQTT
import MQTTClient
import Payloads
import Testing

@testable import Explorer

@Suite struct PublishDraftTests {
  private func sentences(_ draft: PublishDraft, _ terms: PublishTerms = PublishTerms()) -> [String] {
    draft.checks(under: terms).map(\.sentence)
  }

  private func properties(_ edit: (inout PublishOptions) -> Void) throws -> [Property] {
    var options = PublishOptions()
    edit(&options)
    return try options.properties().list
  }

  @Test func `a wildcard in the topic prevents sending`() {
    let checks = PublishDraft(topic: "a/+/b", payload: "x").checks(under: PublishTerms())
    #expect(checks.map(\.field) == [.topic])
    #expect(checks.first?.preventsSending == true)
  }

  @Test func `an empty topic is missing rather than wrong`() {
    #expect(PublishDraft(payload: "x").checks(under: PublishTerms()).map(\.weight) == [.missing])
  }

  @Test func `a topic of the broker is a warning`() {
    let checks = PublishDraft(topic: "$SYS/x", payload: "x").checks(under: PublishTerms())
    #expect(checks.map(\.weight) == [.warning])
  }

  @Test func `an empty retained payload says what it deletes`() {
    let draft = PublishDraft(topic: "a/b", isRetained: true)
    #expect(sentences(draft) == ["This deletes the retained value of a/b."])
  }

  @Test func `the heaviest check comes first`() {
    var draft = PublishDraft(topic: "/a", qos: .exactlyOnce, isRetained: true)
    draft.options.expiry = "soon"
    let weights = draft.checks(under: PublishTerms(maximumQoS: .atLeastOnce)).map(\.weight)
    #expect(weights == [.problem, .problem, .warning, .note])
  }

  @Test func `what the broker does not take is said before it is sent`() {
    let terms = PublishTerms(maximumQoS: .atMostOnce, isRetainAvailable: false, maximumPacketSize: 4)
    let draft = PublishDraft(topic: "a", payload: "12345", qos: .atLeastOnce, isRetained: true)
    #expect(draft.checks(under: terms).map(\.field) == [.qos, .retain, .payload])
  }

  @Test func `only fields that are filled in become properties`() throws {
    #expect(try properties { _ in } == [])
    let list = try properties {
      $0.contentType = "text/plain"
      $0.expiry = "2h"
      $0.isPayloadText = true
    }
    #expect(list == [.payloadFormatIndicator(.utf8), .messageExpiryInterval(7_200), .contentType("text/plain")])
  }

  @Test(arguments: ["-1", "+5", "4294967296", "5000000d", "s", "1 h", "1.5h"])
  func `a time to live that is none is refused`(_ text: String) {
    #expect(throws: OptionError.expiry(text)) { try properties { $0.expiry = text } }
  }

  @Test func `a user property needs an equals sign`() {
    #expect(throws: OptionError.userProperty(line: 2)) { try properties { $0.userProperties = "a=b\nc" } }
  }

  @Test func `a response topic has no wildcards`() {
    #expect(throws: OptionError.responseTopic(.wildcardInName)) { try properties { $0.responseTopic = "a/#" } }
  }

  @Test func `properties come back as they were, whatever they contain`() throws {
    let pairs = [
      UserProperty("a=b", "c=d\\"), UserProperty("", ""), UserProperty("line\nend", "\\n"), UserProperty("a", "é"),
    ]
    let properties = Properties(
      [
        .payloadFormatIndicator(.utf8), .messageExpiryInterval(5), .contentType("x"), .responseTopic("r/s"),
        .correlationData([0, 0xFF]),
      ] + pairs.map { .userProperty($0) })
    #expect(try PublishOptions(properties).properties() == properties)
    #expect(PublishOptions([.correlationData(Array("0x12".utf8))]).correlation == "0x30 78 31 32")
    #expect(PublishOptions([.correlationData(Array("id-7".utf8))]).correlation == "id-7")
  }

  @Test func `a message that was seen becomes a draft of the same bytes`() throws {
    for payload in [Array("{\"a\": 1}\r\n".utf8), [0xFF, 0x00], Array("text".utf8), []] as [[UInt8]] {
      let draft = PublishDraft(topic: "a", payload: payload, qos: .atLeastOnce, isRetained: true)
      var editor = TextEditor()
      editor.set(draft.payload)
      #expect(Array(editor.text.utf8) == Array(draft.payload.utf8))
      if draft.input != .hex { #expect(Array(draft.payload.utf8) == payload) }
    }
    #expect(PublishDraft(topic: "a", payload: [0xFF, 0x00], qos: .atMostOnce, isRetained: false).payload == "ff 00")
  }

  @Test func `on 3.1.1 the properties stay at home`() throws {
    var draft = PublishDraft(topic: "a", payload: "b")
    draft.options.contentType = "x"
    #expect(try draft.message(payload: [], version: .v3_1_1).properties.isEmpty)
    #expect(try draft.message(payload: [], version: .v5).properties.list.count == 1)
  }
}
