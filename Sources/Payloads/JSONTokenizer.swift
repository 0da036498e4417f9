/// Cuts JSON text into tokens and checks each by the grammar of RFC 8259; how tokens may follow each other is `JSONGrammar`.
struct JSONTokenizer {
  private(set) var offset: Int
  private(set) var fault = JSONFault.character

  init(at offset: Int = 0) {
    self.offset = offset
  }

  /// Passes the white space before the next token.
  @inline(__always)
  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      offset += 1
    }
  }

  mutating func jump(to offset: Int) {
    self.offset = offset
  }

  /// The next token; a `fault` starts at the byte to blame, and nothing follows it.
  @inline(__always)
  mutating func next(_ bytes: Span<UInt8>) -> JSONToken {
    skipSpace(bytes)
    guard offset < bytes.count else { return JSONToken(kind: .end, start: offset, end: offset) }
    switch bytes[offset] {
    case UInt8(ascii: "\""): return string(bytes)
    case UInt8(ascii: ","): return mark(.comma)
    case UInt8(ascii: ":"): return mark(.colon)
    case UInt8(ascii: "{"): return mark(.openObject)
    case UInt8(ascii: "}"): return mark(.closeObject)
    case UInt8(ascii: "["): return mark(.openArray)
    case UInt8(ascii: "]"): return mark(.closeArray)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number(bytes)
    default: return word(bytes)
    }
  }

  @inline(__always)
  private mutating func mark(_ kind: JSONToken.Kind) -> JSONToken {
    offset += 1
    return JSONToken(kind: kind, start: offset - 1, end: offset)
  }

  private func fail(at place: Int) -> JSONToken {
    JSONToken(kind: .fault, start: place, end: place)
  }

  private mutating func fail(_ fault: JSONFault, at place: Int) -> JSONToken {
    self.fault = fault
    return fail(at: place)
  }
}

extension JSONTokenizer {
  @inline(__always)
  private mutating func string(_ bytes: Span<UInt8>) -> JSONToken {
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
        guard length > 0 else { return fail(at: index) }
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

extension JSONTokenizer {
  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  @inline(__always)
  private mutating func number(_ bytes: Span<UInt8>) -> JSONToken {
    let start = offset
    var index = start
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    index = digitsEnd(bytes, from: index)
    guard index > first else { return fail(.digitExpected, at: first) }
    if bytes[first] == UInt8(ascii: "0"), index > first + 1 { return fail(.leadingZero, at: first) }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      let end = digitsEnd(bytes, from: index + 1)
      guard end > index + 1 else { return fail(.digitExpected, at: end) }
      index = end
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      let end = digitsEnd(bytes, from: index)
      guard end > index else { return fail(.digitExpected, at: end) }
      index = end
    }
    offset = index
    return JSONToken(kind: .number, start: start, end: index)
  }

  @inline(__always)
  private func digitsEnd(_ bytes: Span<UInt8>, from index: Int) -> Int {
    var index = index
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index
  }

  private mutating func word(_ bytes: Span<UInt8>) -> JSONToken {
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
