import CNcurses

/// How many columns text takes on a terminal, measured exactly as `Frame.write` draws it.
public enum TextWidth {
  /// The columns that the text takes once what is harmful is made visible.
  public static func of(_ text: String) -> Int {
    var sanitiser = Sanitiser()
    var walk = UTF8Walk()
    var columns = 0
    let bytes = text.utf8.span
    while let step = walk.next(bytes) {
      columns += width(of: step, &sanitiser)
    }
    return columns
  }

  /// The text when it fits; otherwise as much of it as fits with an ellipsis for what is missing.
  public static func clip(_ text: String, to columns: Int, keeping part: Part = .start) -> String {
    guard columns > 0 else { return "" }
    guard of(text) > columns else { return text }
    switch part {
    case .start: return head(text, columns - 1) + "…"
    case .end: return "…" + tail(text, columns - 1)
    case .middle:
      let front = (columns - 1) / 2
      return head(text, front) + "…" + tail(text, columns - 1 - front)
    }
  }

  /// Which part of a text is worth keeping.
  public enum Part: Sendable {
    /// Its beginning.
    case start
    /// Its end: of a topic, what tells it from its neighbours.
    case end
    /// Its beginning and its end.
    case middle
  }

  /// The columns of the many scalars that are known without asking the library; nil for the others.
  static func plainColumns(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x20..<0x7F: 1
    case 0xA1..<0xAD, 0xAE..<0x250: 1
    case 0x2500..<0x25FD, 0x2800..<0x2900: 1  // lines, blocks, geometric shapes; Braille of the charts
    case 0x3041..<0x3097, 0x30A1..<0x3100, 0x4E00..<0xA000, 0xAC00..<0xD7A4: 2
    default: nil
    }
  }

  /// What the C library says, and with it ncurses: -1 for what it cannot print.
  static func libraryColumns(_ scalar: Unicode.Scalar) -> Int {
    _ = Charset.current  // the library answers for the locale that was set
    return Int(terminal_columns(scalar.value))
  }

  private static func width(of step: UTF8Walk.Step, _ sanitiser: inout Sanitiser) -> Int {
    let portion =
      switch step {
      case .scalar(let scalar): sanitiser.portion(of: scalar)
      case .invalid(let byte): sanitiser.portion(ofInvalid: byte)
      }
    switch portion {
    case .plain(_, let columns): return columns
    case .mark, .dropped: return 0
    case .shown(let text): return shownColumns(text)
    }
  }

  static func shownColumns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + (plainColumns($1) ?? max(1, libraryColumns($1))) }
  }

  /// The longest beginning of at most so many columns, with the marks on its last scalar.
  private static func head(_ text: String, _ columns: Int) -> String {
    var sanitiser = Sanitiser()
    var used = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      used += width(of: .scalar(scalar), &sanitiser)
      guard used <= columns else { break }
      kept.append(scalar)
    }
    return String(kept)
  }

  /// The longest end of at most so many columns that does not begin with a mark.
  private static func tail(_ text: String, _ columns: Int) -> String {
    var sanitiser = Sanitiser()
    let widths = text.unicodeScalars.map { width(of: .scalar($0), &sanitiser) }
    var left = columns
    var start = widths.count
    var index = widths.count
    while index > 0, widths[index - 1] <= left {
      index -= 1
      left -= widths[index]
      if widths[index] > 0 { start = index }
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(start)))
  }
}
