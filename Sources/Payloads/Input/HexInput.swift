/// Hexadecimal digits as people paste them: `0A1B`, `0a 1b`, `0x0A, 0x1B`.
enum HexInput {
  static func decode(_ text: [UInt8]) throws(InputError) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count / 2)
    var index = 0
    while index < text.count {
      if isSeparator(text[index]) {
        index += 1
      } else if isPrefix(text, at: index) {
        index += 2
        guard index < text.count, hexValue(text[index]) != nil else {
          throw problem("Two hexadecimal digits were expected after 0x.", text, at: index)
        }
      } else {
        decoded.append(try pair(text, at: index))
        index += 2
      }
    }
    return decoded
  }

  private static func pair(_ text: [UInt8], at index: Int) throws(InputError) -> UInt8 {
    guard let high = hexValue(text[index]) else {
      throw notDigit(text, at: index)
    }
    guard index + 1 < text.count, !isSeparator(text[index + 1]) else {
      throw problem("This digit has no partner; write two digits for each byte, such as 0A.", text, at: index)
    }
    guard let low = hexValue(text[index + 1]) else {
      throw notDigit(text, at: index + 1)
    }
    return high << 4 | low
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D || byte == UInt8(ascii: ",")
  }

  private static func isPrefix(_ text: [UInt8], at index: Int) -> Bool {
    text[index] == UInt8(ascii: "0") && index + 1 < text.count && text[index + 1] | 0x20 == UInt8(ascii: "x")
  }

  private static func notDigit(_ text: [UInt8], at index: Int) -> InputError {
    problem("\(UTF8Text.quoted(text, at: index)) is not a hexadecimal digit; use 0-9 and a-f.", text, at: index)
  }

  private static func problem(_ sentence: String, _ text: [UInt8], at offset: Int) -> InputError {
    .hexadecimal(UTF8Text.problem(sentence, in: text.span, at: offset))
  }
}
