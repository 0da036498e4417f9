/// Bytes from the network as one line of text that does nothing to a terminal.
enum VisibleText {
  /// Adds text with its controls made visible; bytes that are not UTF-8 are said to be there and left out.
  static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    if bytes.allSatisfy({ (0x20...0x7e).contains($0) }) {
      output += bytes
      return
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      output += Array("<\(bytes.count) bytes that are not UTF-8>".utf8)
      return
    }
    for scalar in text.unicodeScalars {
      output += Array(String(isUnsafe(scalar) ? picture(of: scalar) : Character(scalar)).utf8)
    }
  }

  /// Whether a character could move the cursor, change colours, or turn the direction of what follows.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1f, 0x7f...0x9f: true  // the controls
    case 0x061c, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true  // direction
    case 0x2028...0x2029, 0xfeff: true  // line ends that are not, and nothing
    default: false
    }
  }

  /// U+2400 and following picture the controls of ASCII; everything else is the replacement character.
  private static func picture(of scalar: Unicode.Scalar) -> Character {
    switch scalar.value {
    case 0x00...0x1f: Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7f: "\u{2421}"
    default: "\u{FFFD}"
    }
  }
}
