extension JSONTokenizer {
  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  @inline(__always)
  mutating func number(_ bytes: Span<UInt8>) -> JSONToken {
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
}
