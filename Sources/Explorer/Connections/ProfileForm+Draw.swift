import Terminal

/// The form of a profile on the screen: a field a row, those around the one that has the keys.
extension ProfileForm {
  private static let ground = Ground.panel
  private static let labelColumns = 16
  private static let checkRows = 2

  func draw(into frame: inout Frame, in rect: Rect) {
    let title = original.map { "Profile \($0)" } ?? "New profile"
    frame.box(rect, title: title, note: isChanged ? "not saved" : "", isFocused: true, on: Self.ground)
    for (field, place) in layout(in: rect) { draw(field, at: place, in: rect, into: &frame) }
    drawChecks(into: &frame, in: rect.inset(columns: 2, rows: 1).split(rows: -Self.checkRows).bottom)
    let keys = ProfileCommand.allCases.map { (key: $0.keys[0].shortName(in: rect), words: $0.words) }
    drawFooter(rect.line(rect.rows - 1), keys, into: &frame)
  }

  /// The fields that fit, with the rectangle of what is typed or chosen.
  func layout(in rect: Rect) -> [(field: ProfileField, place: Rect)] {
    let inside = rect.inset(columns: 2, rows: 1).split(rows: -Self.checkRows - 1).top
    let fields = fields
    var top = 0
    var rows: [(field: ProfileField, top: Int, count: Int)] = []
    for field in fields {
      let count = field.hasLines ? min(max(self[field].lines.count, 2), 5) : 1
      rows.append((field, top, count))
      top += count
    }
    let focused = rows.first { $0.field == focus } ?? (focus, 0, 1)
    let middle = focused.top + focused.count / 2 - inside.rows / 2
    let first = max(0, min(middle, top - inside.rows))
    return rows.compactMap { row in
      let start = max(row.top - first, 0)
      let end = min(row.top + row.count - first, inside.rows)
      guard start < end else { return nil }
      let place = Rect(column: inside.column, row: inside.row + start, columns: inside.columns, rows: end - start)
      return (row.field, place.split(columns: Self.labelColumns).right)
    }
  }

  private func draw(_ field: ProfileField, at place: Rect, in rect: Rect, into frame: inout Frame) {
    let isFocused = field == focus
    let column = rect.inset(columns: 2, rows: 1).column
    let isWrong = shownChecks.contains { $0.field == field && $0.isProblem }
    let role: Role = isWrong ? .danger : .label
    frame.write(
      field.label, at: Point(column: column, row: place.row), Style(role, on: Self.ground, isFocused ? .bold : []))
    guard field.isTyped else {
      return drawChoice(field.choices, choice(field), at: place, isFocused, into: &frame)
    }
    if field == .password, choice(.passwordSource) == 4, !isFocused {
      let dots = String(repeating: "•", count: min(self[field].text.count, 12))
      return TextEditor(dots, isSingleLine: true).draw(into: &frame, in: place, isFocused: false)
    }
    self[field].draw(into: &frame, in: place, isFocused: isFocused, placeholder: placeholder(of: field))
  }

  private func placeholder(of field: ProfileField) -> String {
    guard field == .password else { return field.placeholder }
    return ["", "path of the file", "such as pass show broker", "name of the variable", "the password itself"][
      choice(.passwordSource)]
  }

  private func drawChecks(into frame: inout Frame, in place: Rect) {
    let own = shownChecks.filter { $0.field == focus && $0 != notice }
    let others = shownChecks.filter { $0.field != focus && $0 != notice }
    var pieces = ([notice].compactMap(\.self) + own).map(piece)
    if pieces.isEmpty, let hint = focus.hint { pieces = [Frame.Piece(hint, .dim)] }
    pieces += others.map(piece)
    var row = 0
    for line in pieces.flatMap({ Words.wrapped([$0], columns: place.columns) }).prefix(place.rows) {
      frame.write(line, at: place.line(row).origin, in: place, on: Self.ground)
      row += 1
    }
  }

  private func piece(_ check: ProfileCheck) -> Frame.Piece {
    check.isProblem ? Frame.Piece("× \(check.sentence)", .danger) : Frame.Piece("! \(check.sentence)", .warning)
  }
}

/// Names side by side, the chosen one in brackets.
func drawChoice(_ names: [String], _ chosen: Int, at place: Rect, _ isFocused: Bool, into frame: inout Frame) {
  let ground: Ground = isFocused ? .fieldFocused : .field
  let row = ChoiceRow(names, columns: place.columns)
  frame.fill(place.split(columns: row.columns).left, Style(.text, on: ground))
  for (index, name) in names.enumerated() {
    let isChosen = index == chosen
    let style = isChosen ? Style(.input, on: ground, .bold) : Style(.dim, on: ground)
    let point = Point(column: place.column + row.column(of: index), row: place.row)
    frame.write(name, at: point, in: place, style)
    guard isChosen else { continue }
    let mark = Style(.input, on: ground)
    frame.write("[", at: Point(column: point.column - 1, row: place.row), in: place, mark)
    frame.write("]", at: Point(column: point.column + name.count, row: place.row), in: place, mark)
    if isFocused { frame.cursor = point }
  }
}

extension Key {
  /// The name, or with `^` for Ctrl where there is little room.
  func shortName(in rect: Rect) -> String {
    rect.columns < 80 && name.hasPrefix("Ctrl+") ? "^" + name.dropFirst(5) : name
  }
}
