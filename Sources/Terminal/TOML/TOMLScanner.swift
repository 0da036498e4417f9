/// Finds the statements of a TOML document.
///
/// It is used on documents that a parser has read, so it does not judge: what it cannot follow it passes over by the
/// line, and it ends on any bytes.
package struct TOMLScanner {
  private let bytes: [UInt8]
  private var place = 0
  private var base: [String] = []
  /// How many lines end before the statement that is looked at, and where it begins.
  private var counted = (lines: 0, place: 0)
  private var hasNUL = false
  package private(set) var statements: [TOMLStatement] = []
  /// What the parser would not answer with an error but with an assertion that ends the program: the place of the first.
  package private(set) var fault: Fault?

  /// A mistake, and where the statement with it begins.
  package struct Fault: Equatable, Sendable {
    package var place: Int
    package var sentence: String
  }

  package static func scan(_ bytes: [UInt8]) -> TOMLScanner {
    var scanner = TOMLScanner(bytes)
    while scanner.place < bytes.count { scanner.scanStatement() }
    return scanner
  }

  /// U+0000 behind the backslash of an escape.
  private static let nulls = ["u0000", "U00000000"].map { Array($0.utf8) }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }  // a byte order mark
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func scanStatement() {
    let start = place
    counted = (counted.lines + bytes[counted.place..<start].count { $0 == UInt8(ascii: "\n") }, start)
    skipBlanks()
    switch byte {
    case UInt8(ascii: "["): scanHeader(from: start)
    case nil, UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): skipLine()
    default: scanValue(from: start)
    }
  }

  private mutating func scanHeader(from start: Int) {
    place += 1
    let isArray = byte == UInt8(ascii: "[")
    if isArray { place += 1 }
    let segments = scanKey()
    skipLine()
    guard !segments.isEmpty else {
      return note("a table needs a name, as in [profiles.home]", at: start)
    }
    statements.append(
      TOMLStatement(
        kind: .header(isArray: isArray), base: [], segments: segments, lines: start..<place, number: counted.lines + 1))
    base = segments.map(\.name)
  }

  private mutating func scanValue(from start: Int) {
    let segments = scanKey()
    guard !segments.isEmpty, byte == UInt8(ascii: "=") else { return skipLine() }
    place += 1
    skipBlanks()
    let first = place
    var end = first
    hasNUL = false
    var open: [UInt8] = []
    while let byte {
      if open.isEmpty, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#") { break }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
      case UInt8(ascii: "#"): while let byte = self.byte, byte != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open.append(byte + 2)  // its closing partner in ASCII
        place += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if open.popLast() != byte { note("the brackets do not match", at: start) }
        place += 1
      case UInt8(ascii: "T"), UInt8(ascii: "t"):
        if endsDate, !isDigit(at: place + 1) { note("a date with a T behind it needs a time", at: start) }
        place += 1
      default: place += 1
      }
      if ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte) { end = place }
    }
    skipLine()
    statements.append(
      TOMLStatement(
        kind: .value(first..<end), base: base, segments: segments, lines: start..<place, number: counted.lines + 1,
        hasNUL: hasNUL))
  }

  private mutating func note(_ sentence: String, at start: Int) {
    fault = fault ?? Fault(place: start, sentence: sentence)
  }

  /// Whether the ten bytes before this place are a date such as 1979-05-27.
  private var endsDate: Bool {
    guard place >= 10 else { return false }
    return (0..<10).allSatisfy { index in
      [4, 7].contains(index) ? bytes[place - 10 + index] == UInt8(ascii: "-") : isDigit(at: place - 10 + index)
    }
  }

  private func isDigit(at place: Int) -> Bool {
    place < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
  }

  /// Passes over a string, of one line or of several, and stands behind its closing quote.
  private mutating func skipString(_ quote: UInt8) {
    let isLong = bytes[place...].starts(with: [quote, quote, quote])
    place += isLong ? 3 : 1
    while let byte {
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        let escape = bytes[(place + 1)...]
        if Self.nulls.contains(where: { escape.starts(with: $0) }) { hasNUL = true }
        place = min(place + 2, bytes.count)
      } else if isLong, bytes[place...].starts(with: [quote, quote, quote]) {
        place += 3
        // Up to two quotes may stand right before the closing three.
        for _ in 0..<2 where self.byte == quote { place += 1 }
        return
      } else if !isLong, byte == quote {
        place += 1
        return
      } else if !isLong, byte == UInt8(ascii: "\n") {
        return
      } else {
        place += 1
      }
    }
  }

  /// A dotted key, up to what is none of it.
  private mutating func scanKey() -> [TOMLStatement.Segment] {
    var segments: [TOMLStatement.Segment] = []
    while true {
      skipBlanks()
      let start = place
      if let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        skipString(quote)
        let inside = bytes[min(start + 1, place)..<max(min(start + 1, place), place - 1)]
        let text = String(decoding: inside, as: UTF8.self)
        segments.append(
          .init(name: quote == UInt8(ascii: "'") ? text : TOMLQuoting.unescaped(text), place: start..<place))
      } else {
        while let byte, TOMLQuoting.isBare(byte) { place += 1 }
        guard place > start else { return segments }
        segments.append(.init(name: String(decoding: bytes[start..<place], as: UTF8.self), place: start..<place))
      }
      skipBlanks()
      guard byte == UInt8(ascii: ".") else { return segments }
      place += 1
    }
  }

  private mutating func skipBlanks() {
    while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { place += 1 }
  }

  private mutating func skipLine() {
    while let byte {
      place += 1
      if byte == UInt8(ascii: "\n") { return }
    }
  }
}
