import MQTT
import Testing

@testable import mqttscope

@Suite struct MessageWriterTests {
  private func json(_ bytes: [UInt8]) -> String {
    var object = JSONObject()
    object.add("payload", bytes: bytes[...])
    return String(decoding: object.closed, as: UTF8.self)
  }

  private func visible(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    MessageWriter.append(bytes[...], to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    ("", #"{"payload":""}"#), ("plain é 漢 🙂", #"{"payload":"plain é 漢 🙂"}"#),
    ("\"\\\n\r\t", #"{"payload":"\"\\\n\r\t"}"#), ("\0\u{1b}\u{7f}\u{9b}", #"{"payload":"\u0000\u001b\u007f\u009b"}"#),
    ("\u{202e}x\u{2066}", #"{"payload":"\u202ex\u2066"}"#), ("e\u{301}", "{\"payload\":\"e\u{301}\"}"),
    ("a\u{e0061}b\u{feff}", #"{"payload":"a\udb40\udc61b\ufeff"}"#),
  ])
  func `text is a JSON string that no terminal obeys`(text: String, expected: String) {
    #expect(json(Array(text.utf8)) == expected)
  }

  @Test(
    arguments: [
      ([0xff], "/w=="), ([0xff, 0xfe], "//4="), ([0xff, 0xfe, 0xfd], "//79"), ([0xc3, 0x28, 0x00, 0x10], "wygAEA=="),
    ] as [([UInt8], String)])
  func `what is not UTF-8 is base64 under another name`(bytes: [UInt8], expected: String) {
    #expect(json(bytes) == #"{"payload_base64":"\#(expected)"}"#)
  }

  @Test func `fields are separated and objects nest`() {
    var inner = JSONObject()
    inner.add("a", literal: "1")
    var outer = JSONObject()
    outer.add("x", string: "y")
    outer.add("inner", object: inner)
    outer.add("empty", object: JSONObject())
    #expect(String(decoding: outer.closed, as: UTF8.self) == #"{"x":"y","inner":{"a":1},"empty":{}}"#)
  }

  @Test func `text for people is one line, whatever was sent`() {
    #expect(visible(Array("21.4 °C".utf8)) == "21.4 °C")
    #expect(visible(Array("a\nb\u{1b}[2J\u{7f}".utf8)) == "a␊b␛[2J␡")
    #expect(visible(Array("\u{202e}gpj\u{9b}".utf8)) == "⟨U+202E⟩gpj⟨U+009B⟩")
    #expect(visible([0xff, 0x00]) == "<2 bytes that are not UTF-8>")
  }

  @Test func `times are UTC with nanoseconds`() {
    #expect(Timestamp.text(nanoseconds: 0) == "1970-01-01T00:00:00.000000000Z")
    #expect(Timestamp.text(nanoseconds: 1_709_210_096_000_000_789) == "2024-02-29T12:34:56.000000789Z")
  }
}
