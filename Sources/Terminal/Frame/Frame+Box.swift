extension Frame {
  /// Draws a box with rounded corners, a title in its upper line, and a note at that line's end; its inside is made
  /// blank.
  public mutating func box(
    _ rect: Rect, title: String = "", note: String = "", isFocused: Bool = false, on ground: Ground = .panel
  ) {
    guard !rect.isEmpty else { return }
    let line = Style(isFocused ? .borderFocused : .border, on: ground)
    fill(rect, line)
    guard rect.columns > 1, rect.rows > 1 else { return }
    for row in rect.row..<rect.endRow {
      write("│", at: Point(column: rect.column, row: row), line)
      write("│", at: Point(column: rect.endColumn - 1, row: row), line)
    }
    rule(rect.line(0), ends: ("╭", "╮"), line)
    rule(rect.line(rect.rows - 1), ends: ("╰", "╯"), line)
    heading(rect.line(0), title, note, isFocused, ground)
  }

  private mutating func rule(_ across: Rect, ends: (String, String), _ style: Style) {
    let middle = across.inset(columns: 1, rows: 0).intersection(bounds)
    for column in middle.column..<max(middle.column, middle.endColumn) {
      write("─", at: Point(column: column, row: across.row), style)
    }
    write(ends.0, at: across.origin, style)
    write(ends.1, at: Point(column: across.endColumn - 1, row: across.row), style)
  }

  private mutating func heading(_ across: Rect, _ title: String, _ note: String, _ isFocused: Bool, _ ground: Ground) {
    let place = across.inset(columns: 1, rows: 0)
    var used = 0
    if !title.isEmpty, place.columns > 2 {
      let style = Style(isFocused ? .titleFocused : .title, on: ground)
      let words = " " + TextWidth.clip(title, to: place.columns - 2, keeping: .start) + " "
      used = write(words, at: place.origin, in: place, style)
    }
    let words = " " + note + " "
    let columns = TextWidth.of(words)
    if !note.isEmpty, columns + used + 1 <= place.columns {
      write(words, at: Point(column: place.endColumn - columns, row: place.row), in: place, Style(.dim, on: ground))
    }
  }
}
