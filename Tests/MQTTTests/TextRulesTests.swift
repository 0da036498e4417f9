import Testing

@testable import MQTT

@Suite struct TextRulesTests {
  @Test func `every scalar is text, at any place, but U+0000`() {
    for value in UInt32(1)...0x10_FFFF {
      // The edges whole, and one in 499 elsewhere: this stays quick.
      guard value < 0x900 || value > 0xD7F0 && value < 0xE010 || value % 499 == 0, let scalar = Unicode.Scalar(value)
      else { continue }
      let text = Array("abcdefg".utf8) + Array(String(Character(scalar)).utf8) + Array("hijklmnop".utf8)
      if Text.problem(in: text.span.bytes, policy: .accepting) != nil { Issue.record("\(value) was refused") }
      if !Text.isWellFormed(text.span.bytes) { Issue.record("\(value) was refused") }
    }
  }

  @Test func `two and three bytes are text exactly when the standard library says so`() {
    for first in UInt8(0x80)...0xFF {
      for second in UInt8(0)...0xFF {
        for rest in [[], [0x80], [0xBF, 0x80], [0x41]] as [[UInt8]] {
          let raw = [first, second] + rest
          let isText = String(validating: raw, as: UTF8.self) != nil
          if Text.isWellFormed(raw.span.bytes) != isText { Issue.record("\(raw)") }
        }
      }
    }
  }

  @Test func `eight bytes are plain when each of them is`() {
    for byte in UInt8(0)...0xFF {
      for place in 0..<8 {
        var eight = [UInt8](repeating: 0x61, count: 8)
        eight[place] = byte
        let word = eight.span.bytes.eightBytes(at: 0)
        let isPlain = byte != 0 && byte < 0x80
        let isWildcard = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#")
        #expect(Text.isPlain(word) == isPlain, "\(byte)")
        #expect(Text.isPlainTopic(word) == (isPlain && !isWildcard), "\(byte)")
      }
    }
  }
}
