/// Base64 (RFC 4648) in either alphabet; a cut or mistyped text is refused, not guessed.
enum Base64Input {
  static func decode(_ text: [UInt8]) throws(InputError) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var digits = 0
    var padding = 0
    for (index, byte) in text.enumerated() where !isSpace(byte) {
      if byte == UInt8(ascii: "=") {
        padding += 1
        guard digits % 4 + padding <= 4, digits % 4 >= 2 else {
          throw problem("There is no place for = here; remove it.", text, at: index)
        }
        continue
      }
      guard padding == 0 else { throw problem("Nothing may follow the closing =.", text, at: index) }
      guard let value = value(byte) else {
        let found = UTF8Text.quoted(text, at: index)
        throw problem("\(found) is not a Base64 character; use A-Z, a-z, 0-9, + and /.", text, at: index)
      }
      bits = bits << 6 | value
      digits += 1
      if digits % 4 == 0 {
        for shift in [16, 8, 0] { decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
      }
    }
    return decoded + (try tail(bits, digits % 4, padding, text))
  }

  /// The one or two bytes of an unfinished group of four digits.
  private static func tail(
    _ bits: UInt32, _ digits: Int, _ padding: Int, _ text: [UInt8]
  ) throws(InputError) -> [UInt8] {
    let unused: UInt32 = digits == 2 ? 0xF : digits == 3 ? 0x3 : 0
    guard digits != 1, bits & unused == 0, padding == 0 || digits + padding == 4 else {
      throw problem("The text ends in the middle of a byte; paste the whole of it.", text, at: text.count)
    }
    switch digits {
    case 2: return [UInt8(truncatingIfNeeded: bits >> 4)]
    case 3: return [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
    default: return []
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  private static func problem(_ sentence: String, _ text: [UInt8], at offset: Int) -> InputError {
    .base64(UTF8Text.problem(sentence, in: text.span, at: offset))
  }
}
