import Terminal

/// Writes pieces of different styles one behind the other on one row of a frame.
struct LineWriter {
  private let row: Int
  private let clip: Rect
  private(set) var column: Int
  let ground: Ground
  /// Columns at the end that are kept for something else.
  var reserved = 0

  /// - Parameter place: The row to write on; what does not fit in it is cut with an ellipsis.
  init(_ place: Rect, on ground: Ground) {
    row = place.row
    clip = place
    column = place.column
    self.ground = ground
  }

  /// The columns that are left.
  var room: Int { max(0, clip.endColumn - reserved - column) }

  mutating func write(_ text: String, _ role: Role, _ emphasis: Emphasis = [], into frame: inout Frame) {
    guard room > 0, !text.isEmpty else { return }
    let place = Rect(column: column, row: row, columns: room, rows: clip.rows)
    column += frame.write(text, at: place.origin, in: place, Style(role, on: ground, emphasis))
  }

  mutating func skip(_ columns: Int) {
    column += columns
  }

  /// Writes a piece only when all of it fits behind `gap` columns; says whether it did.
  @discardableResult
  mutating func writeWhole(_ text: String, _ role: Role, gap: Int = 0, into frame: inout Frame) -> Bool {
    guard !text.isEmpty, TextWidth.of(text) + gap <= room else { return false }
    skip(gap)
    write(text, role, into: &frame)
    return true
  }
}

extension Frame {
  /// Writes text that ends at the right end of a place; says how many columns it took.
  @discardableResult
  mutating func writeRight(_ text: String, in place: Rect, _ style: Style) -> Int {
    let width = min(TextWidth.of(text), place.columns)
    guard width > 0 else { return 0 }
    return write(text, at: Point(column: place.endColumn - width, row: place.row), in: place, style)
  }

  /// Writes a text of several lines, wrapped at words, and gives the rows it took.
  @discardableResult
  mutating func writeParagraph(_ text: String, in place: Rect, _ style: Style) -> Int {
    var used = 0
    for line in Words.wrapped(text, columns: place.columns).prefix(place.rows) {
      write(line, at: place.line(used).origin, in: place, style)
      used += 1
    }
    return used
  }
}
