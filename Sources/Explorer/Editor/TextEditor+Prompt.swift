import Terminal

extension TextEditor {
  /// Draws it as what is looked for in a list, in the place of the list's heading.
  func drawPrompt(into frame: inout Frame, in place: Rect, isFocused: Bool, placeholder: String) {
    var pen = LineWriter(place, on: .panel)
    pen.write("/ ", .accent, .bold, into: &frame)
    let field = Rect(column: pen.column, row: place.row, columns: pen.room, rows: place.rows)
    draw(into: &frame, in: field, isFocused: isFocused, placeholder: placeholder)
  }
}
