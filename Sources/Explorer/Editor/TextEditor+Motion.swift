import Terminal

/// Where the cursor can go. Each is a place; moving there or deleting up to it is the caller's choice.
extension TextEditor {
  var end: TextPosition {
    TextPosition(line: lines.count - 1, offset: lines[lines.count - 1].utf8.count)
  }

  var lineStart: TextPosition { TextPosition(line: cursor.line, offset: 0) }
  var lineEnd: TextPosition { TextPosition(line: cursor.line, offset: lines[cursor.line].utf8.count) }

  /// One grapheme on; the end of a line leads to the next one.
  var next: TextPosition {
    guard cursor == lineEnd else {
      return TextPosition(line: cursor.line, offset: lines[cursor.line].offset(after: cursor.offset))
    }
    return cursor == end ? cursor : TextPosition(line: cursor.line + 1, offset: 0)
  }

  /// One grapheme back; the start of a line leads to the end of the one before.
  var previous: TextPosition {
    guard cursor.offset == 0 else {
      return TextPosition(line: cursor.line, offset: lines[cursor.line].offset(before: cursor.offset))
    }
    guard cursor.line > 0 else { return cursor }
    return TextPosition(line: cursor.line - 1, offset: lines[cursor.line - 1].utf8.count)
  }

  /// The end of the word under or after the cursor.
  var nextWord: TextPosition {
    guard cursor != lineEnd else { return next }
    let line = lines[cursor.line]
    var place = line.index(utf8: cursor.offset)
    while place < line.endIndex, !line[place].isInWord { place = line.index(after: place) }
    while place < line.endIndex, line[place].isInWord { place = line.index(after: place) }
    return TextPosition(line: cursor.line, offset: line.offset(of: place))
  }

  /// The start of the word under or before the cursor.
  var previousWord: TextPosition {
    guard cursor.offset > 0 else { return previous }
    let line = lines[cursor.line]
    var place = line.index(utf8: cursor.offset)
    while place > line.startIndex, !line[line.index(before: place)].isInWord { place = line.index(before: place) }
    while place > line.startIndex, line[line.index(before: place)].isInWord { place = line.index(before: place) }
    return TextPosition(line: cursor.line, offset: line.offset(of: place))
  }

  /// The column of the cursor, from the start of its line.
  var column: Int { LineColumns.column(of: cursor.offset, in: lines[cursor.line], from: known(on: cursor.line)) }

  /// Moves to what is shown at a cell of the rectangle that the editor is drawn in.
  mutating func move(to point: Point, in rect: Rect) {
    let view = scroll.showing(cursor, column: column, in: rect.size, lines: lines.count)
    let line = min(max(view.line + point.row - rect.row, 0), lines.count - 1)
    let place = LineColumns.place(at: view.column + point.column - rect.column, in: lines[line], from: known(on: line))
    move(to: TextPosition(line: line, offset: place.offset))
  }

  /// Moves by lines and stays near the column where the motion began.
  mutating func move(lines count: Int) {
    let goal = goalColumn ?? column
    let line = min(max(cursor.line + count, 0), lines.count - 1)
    let place = LineColumns.place(at: goal, in: lines[line])
    move(to: TextPosition(line: line, offset: place.offset), keepingGoal: true)
    goalColumn = goal
  }

  /// A place that may lie inside a grapheme, because an edit joined two, moved to that grapheme's end.
  func boundary(atOrAfter place: TextPosition) -> TextPosition {
    let line = lines[place.line]
    let index = line.index(utf8: place.offset)
    guard index < line.endIndex, String.Index(index, within: line) == nil else { return place }
    return TextPosition(line: place.line, offset: line.offset(of: line.index(after: index)))
  }
}

extension Character {
  fileprivate var isInWord: Bool { isLetter || isNumber || self == "_" }
}
