extension JSONTokenizer {
  /// `true`, `false`, `null`, or the fault that stands in their place.
  mutating func word(_ bytes: Span<UInt8>) -> JSONToken {
    let start = offset
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    if isLiteral(bytes, start, end) {
      offset = end
      return JSONToken(kind: .literal, start: start, end: end)
    }
    if end > start { return fail(.word, at: start) }
    switch bytes[start] {
    case 0xEF where start == 0 && bytes.count >= 3 && bytes[1] == 0xBB && bytes[2] == 0xBF:
      return fail(.byteOrderMark, at: start)
    case UInt8(ascii: "'"): return fail(.singleQuote, at: start)
    case UInt8(ascii: "/"), UInt8(ascii: "#"): return fail(.comment, at: start)
    case UInt8(ascii: "+"): return fail(.plusSign, at: start)
    case 0x80...: return fail(UTF8Text.sequenceLength(bytes, at: start) > 0 ? .character : .encoding, at: start)
    default: return fail(.character, at: start)
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  private func isLiteral(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    func matches(_ word: StaticString) -> Bool {
      guard word.utf8CodeUnitCount == end - start else { return false }
      return word.withUTF8Buffer { letters in
        letters.indices.allSatisfy { letters[$0] == bytes[start + $0] }
      }
    }
    return matches("true") || matches("false") || matches("null")
  }
}
