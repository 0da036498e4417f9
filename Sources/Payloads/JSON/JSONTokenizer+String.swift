extension JSONTokenizer {
  /// A string from its opening to its closing quote.
  @inline(__always)
  mutating func string(_ bytes: Span<UInt8>) -> JSONToken {
    let start = offset
    var index = start + 1
    while true {
      index = plainEnd(bytes, from: index)
      guard index < bytes.count else { return fail(.unclosedString, at: start) }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        offset = index + 1
        return JSONToken(kind: .string, start: start, end: offset)
      } else if byte == UInt8(ascii: "\\") {
        let length = escapeLength(bytes, at: index)
        guard length > 0 else { return fail(fault, at: index) }
        index += length
      } else if byte < 0x20 {
        return fail(.control, at: index)
      } else {
        let length = UTF8Text.sequenceLength(bytes, at: index)
        guard length > 0 else { return fail(.encoding, at: index) }
        index += length
      }
    }
  }

  /// The first byte from `index` on that is a quote, a backslash, a control or not ASCII; eight bytes at a time.
  @inline(__always)
  private func plainEnd(_ bytes: Span<UInt8>, from index: Int) -> Int {
    let raw = bytes.bytes
    var index = index
    while index &+ 8 <= bytes.count {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let quote = word ^ (0x22 &* Self.ones)
      let backslash = word ^ (0x5C &* Self.ones)
      let found =
        ((quote &- Self.ones) & ~quote | (backslash &- Self.ones) & ~backslash
          | (word &- 0x20 &* Self.ones) & ~word | word) & (0x80 &* Self.ones)
      // A borrow may mark a byte too many, but only above the lowest mark, and that is the one taken.
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { return index }
      index += 1
    }
    return index
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// The length of the escape at `index`, or 0 with `fault` set.
  private mutating func escapeLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
    fault = .escape
    guard index + 1 < bytes.count else { return 0 }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      fault = .unicodeEscape
      guard index + 6 <= bytes.count else { return 0 }
      for digit in index + 2..<index + 6 where hexValue(bytes[digit]) == nil { return 0 }
      return 6
    default:
      return 0
    }
  }
}
