/// A place in a text of several lines: between two graphemes of one line.
struct TextPosition: Hashable, Comparable, Sendable {
  /// The line, from 0.
  var line: Int
  /// UTF-8 bytes before the place, in its line.
  var offset: Int

  static let start = TextPosition(line: 0, offset: 0)

  static func < (one: TextPosition, other: TextPosition) -> Bool {
    (one.line, one.offset) < (other.line, other.offset)
  }

  /// Where text inserted here ends.
  func advanced(over text: String) -> TextPosition {
    var breaks = 0
    var lastBreak = -1
    for (place, byte) in text.utf8.enumerated() where byte == .newline {
      breaks += 1
      lastBreak = place
    }
    let tail = text.utf8.count - lastBreak - 1
    return breaks == 0
      ? TextPosition(line: line, offset: offset + tail) : TextPosition(line: line + breaks, offset: tail)
  }
}

extension UInt8 {
  static var newline: UInt8 { 10 }
  static var carriageReturn: UInt8 { 13 }
}
