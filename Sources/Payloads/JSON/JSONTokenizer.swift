/// Cuts JSON text into tokens and checks each by the grammar of RFC 8259; how tokens may follow each other is `JSONGrammar`.
struct JSONTokenizer {
  var offset: Int
  var fault = JSONFault.character

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

  mutating func fail(_ fault: JSONFault, at place: Int) -> JSONToken {
    self.fault = fault
    return JSONToken(kind: .fault, start: place, end: place)
  }
}
