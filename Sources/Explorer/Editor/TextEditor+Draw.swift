import Terminal

/// The editor on the screen: O(rows shown).
extension TextEditor {
  /// Draws the lines in view, and gives the frame the cursor when the editor has the keys.
  func draw(into frame: inout Frame, in rect: Rect, isFocused: Bool, placeholder: String = "") {
    let ground: Ground = isFocused ? .fieldFocused : .field
    frame.fill(rect, Style(.input, on: ground))
    guard !rect.isEmpty else { return }
    let view = scroll.showing(cursor, column: column, in: rect.size, lines: lines.count)
    if isEmpty {
      frame.write(placeholder, at: rect.origin, in: rect, Style(.placeholder, on: ground))
    }
    for row in 0..<min(rect.rows, lines.count - view.line) {
      let line = rect.line(row)
      let text = part(of: view.line + row, from: view.column, columns: rect.columns)
      let start = Point(column: line.column + text.indent, row: line.row)
      frame.write(text.text, at: start, in: line, Style(.input, on: ground))
    }
    guard isFocused else { return }
    frame.cursor = Point(
      column: min(rect.column + column - view.column, rect.endColumn - 1), row: rect.row + cursor.line - view.line)
  }

  /// Remembers a view that shows the cursor, so that the text does not jump when the cursor goes back.
  mutating func scrollToCursor(in size: Size) {
    rememberColumn()
    scroll = scroll.showing(cursor, column: column, in: size, lines: lines.count)
  }

  /// Enough of a line to fill the columns, and no more: a line may have megabytes. A wide grapheme of which the view
  /// shows one half only is left out, hence the indent.
  private func part(of number: Int, from column: Int, columns: Int) -> (text: String, indent: Int) {
    let line = lines[number]
    var start = LineColumns.place(at: column, in: line, from: known(on: number))
    if start.column < column, start.offset < line.utf8.count {
      let next = line.offset(after: start.offset)
      start = LineColumns.Place(offset: next, column: LineColumns.column(of: next, in: line, from: start))
    }
    guard start.column >= column else { return ("", 0) }
    let limit = start.offset + (columns + 1) * 64
    guard limit < line.utf8.count else { return (String(line.suffix(utf8: start.offset)), start.column - column) }
    let end = line.unicodeScalars.index(before: line.index(utf8: limit))
    return (String(line[line.index(utf8: start.offset)..<end]), start.column - column)
  }
}

extension TextEditor.Scroll {
  /// This view, moved as little as shows the cursor.
  func showing(_ cursor: TextPosition, column cursorColumn: Int, in size: Size, lines: Int) -> TextEditor.Scroll {
    let rows = max(size.rows, 1)
    let columns = max(size.columns, 1)
    var view = self
    view.line = min(max(line, cursor.line - rows + 1), cursor.line)
    // No empty rows below the end while lines are hidden above the start.
    view.line = min(view.line, max(lines - rows, 0))
    if cursorColumn < column { view.column = max(cursorColumn - columns / 4, 0) }
    if cursorColumn >= column + columns { view.column = cursorColumn - columns + 1 + columns / 4 }
    return view
  }
}
