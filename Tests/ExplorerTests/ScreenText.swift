/// Words of a `.screen` file with their escapes, as bytes.
///
/// `\n`, `\t`, `\\`, `\s` (a space), `\x1b` (a byte), `\u{202e}` (a scalar), and `\<3:/a\>` (text repeated, in which
/// `\#` counts from 0).
struct ScreenText {
  private var input: Substring.UTF8View
  private var count = 0

  private init(_ text: Substring, count: Int = 0) {
    input = text.utf8
    self.count = count
  }

  static func bytes(of text: Substring, count: Int = 0) throws -> [UInt8] {
    var reader = ScreenText(text, count: count)
    return try reader.read()
  }

  private mutating func read() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let byte = input.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let kind = input.popFirst() else { throw ScreenError("A backslash ends the line.") }
      switch kind {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "s"): bytes.append(0x20)
      case UInt8(ascii: "\\"): bytes.append(kind)
      case UInt8(ascii: "#"): bytes += Array(String(count).utf8)
      case UInt8(ascii: "x"): bytes.append(UInt8(truncatingIfNeeded: try number(input.prefix(2), radix: 16)))
      case UInt8(ascii: "u"): bytes += try scalar()
      case UInt8(ascii: "<"): bytes += try repeated()
      default: throw ScreenError("\\\(Unicode.Scalar(kind)) is no escape.")
      }
    }
    return bytes
  }

  private mutating func scalar() throws -> [UInt8] {
    guard let end = input.firstIndex(of: UInt8(ascii: "}")) else { throw ScreenError("\\u{ has no end.") }
    let digits = input[..<end].dropFirst()
    let value = try number(digits, radix: 16)  // takes the digits and the brace before them
    input = input[input.index(after: end)...]
    guard let scalar = Unicode.Scalar(UInt32(value)) else { throw ScreenError("\(value) is no scalar.") }
    return Array(String(scalar).utf8)
  }

  private mutating func repeated() throws -> [UInt8] {
    guard let colon = input.firstIndex(of: UInt8(ascii: ":")), let times = Int(String(Substring(input[..<colon])))
    else {
      throw ScreenError("\\< needs a count and a colon.")
    }
    let rest = Substring(input[input.index(after: colon)...])
    guard let end = rest.firstRange(of: "\\>") else { throw ScreenError("\\< has no end.") }
    var bytes: [UInt8] = []
    for count in 0..<times { bytes += try Self.bytes(of: rest[..<end.lowerBound], count: count) }
    input = rest[end.upperBound...].utf8
    return bytes
  }

  private mutating func number(_ digits: Substring.UTF8View, radix: Int) throws -> Int {
    guard let value = Int(String(Substring(digits)), radix: radix) else {
      throw ScreenError("\(Substring(digits)) is no number.")
    }
    input = input[digits.endIndex...]
    return value
  }
}

/// Why a `.screen` file cannot be played.
struct ScreenError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
