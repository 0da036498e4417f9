/// UTF-8 by the table of RFC 3629 section 4: no surrogates, no overlong forms, nothing above U+10FFFF.
enum UTF8Text {
  /// The length of the valid sequence at `index`, or 0 when the byte there starts none.
  static func sequenceLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let first = bytes[index]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { low = 0xA0 }
      if first == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { low = 0x90 }
      if first == 0xF4 { high = 0x8F }
    default: return 0
    }
    guard index + length <= bytes.count, bytes[index + 1] >= low, bytes[index + 1] <= high else { return 0 }
    for next in index + 2..<max(index + 2, index + length) where bytes[next] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The end of the run of valid UTF-8 that starts at `start`; eight bytes of ASCII at a time.
  static func validEnd(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let raw = bytes.bytes
    var index = start
    while index < end {
      while index &+ 8 <= end {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard word & 0x8080_8080_8080_8080 == 0 else { break }
        index &+= 8
      }
      guard index < end else { return index }
      let length = sequenceLength(bytes, at: index)
      guard length > 0, index + length <= end else { return index }
      index += length
    }
    return index
  }

  /// Where to cut so that at most `room` bytes from `start` are taken and neither a character nor a plain escape is torn.
  static func cut(_ bytes: Span<UInt8>, from start: Int, room: Int) -> Int {
    let limit = start + max(0, room)
    guard limit < bytes.count, limit > start else { return min(limit, bytes.count) }
    for back in 0..<min(4, limit - start) where bytes[limit - back] & 0xC0 != 0x80 {
      return escapeStart(bytes, before: limit - back, after: start)
    }
    return limit
  }

  private static func escapeStart(_ bytes: Span<UInt8>, before limit: Int, after start: Int) -> Int {
    for index in stride(from: limit - 1, to: max(start, limit - 6), by: -1) where bytes[index] == UInt8(ascii: "\\") {
      return bytes[index - 1] == UInt8(ascii: "\\") ? limit : index
    }
    return limit
  }

  /// `sentence` with its line and column, found by reading up to `offset`.
  static func problem(_ sentence: String, in bytes: Span<UInt8>, at offset: Int) -> Problem {
    var line = 1
    var lineStart = 0
    for index in 0..<offset where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    var column = 1
    var index = lineStart
    while index < offset {
      index += max(1, sequenceLength(bytes, at: index))
      column += 1
    }
    return Problem(sentence, line: line, column: column, offset: offset)
  }

  /// The character at `index` in quotes, for a sentence about it.
  static func quoted(_ bytes: [UInt8], at index: Int) -> String {
    let length = max(1, sequenceLength(bytes.span, at: index))
    return "\"" + String(decoding: bytes[index..<index + length], as: UTF8.self) + "\""
  }
}
