import Terminal

/// The facts on the screen, below what is wrong if something is.
struct FactsPane {
  let explanation: Explanation?
  let groups: [FactGroup]
  let top: Int

  /// From so many columns on the meaning stands beside the value.
  private static let besideColumns = 100
  /// Below so many columns there is none for the values.
  private static let narrowColumns = 50
  private static let nameColumns = 28
  private static let valueColumns = 28

  func draw(into frame: inout Frame, in window: Rect) {
    let inside = window.inside.inset(columns: 1, rows: 0)
    let lines = lines(columns: inside.columns)
    let first = max(0, min(top, lines.count - inside.rows))
    let place = lines.count > inside.rows ? "line \(first + 1) of \(lines.count)" : ""
    frame.box(window, title: "Session and broker", note: place, isFocused: true)
    for (row, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
      frame.write(line, at: inside.line(row).origin, in: inside, on: .panel)
    }
    let keys = FactsCommand.allCases.map { (key: $0.keys[0].name, words: $0.words) }.withHelp
    drawFooter(window.line(window.rows - 1), keys, into: &frame)
  }

  /// Every line, as wide as the screen allows.
  func lines(columns: Int) -> [[Frame.Piece]] {
    var lines = explanation?.lines(columns: columns) ?? []
    if !lines.isEmpty { lines.append([]) }
    for (index, group) in groups.enumerated() {
      if index > 0 { lines.append([]) }
      lines.append([Frame.Piece(group.heading, .accent, .bold)])
      for fact in group.facts { lines += Self.lines(of: fact, columns: columns) }
    }
    return lines
  }

  private static func lines(of fact: Fact, columns: Int) -> [[Frame.Piece]] {
    let role: Role = fact.isLimiting ? .warning : .value
    let isBeside = columns >= besideColumns
    let name = padded("  " + TextWidth.clip(fact.name, to: nameColumns - 4), to: nameColumns)
    guard isBeside else { return lines(of: fact, name, role, columns: columns) }
    let values = cut(fact.value, columns: valueColumns - 2)
    let meanings = Words.wrapped(fact.meaning, columns: columns - nameColumns - valueColumns)
    return (0..<max(values.count, meanings.count)).map { row in
      let value = row < values.count ? values[row] : ""
      return [
        Frame.Piece(row == 0 ? name : padded("", to: nameColumns), .label),
        Frame.Piece(padded(value, to: valueColumns), role),
        Frame.Piece(row < meanings.count ? meanings[row] : "", .dim),
      ]
    }
  }

  /// In little room the meaning stands below the value, and the value below the name if it does not fit behind it.
  private static func lines(of fact: Fact, _ name: String, _ role: Role, columns: Int) -> [[Frame.Piece]] {
    let meanings = fact.meaning.isEmpty ? [] : Words.wrapped(fact.meaning, columns: max(8, columns - 4))
    let below = meanings.map { [Frame.Piece("    " + $0, .dim)] }
    if columns < narrowColumns {
      let name = "  " + fact.name + "  "
      if TextWidth.of(name) + TextWidth.of(fact.value) <= columns {
        return [[Frame.Piece(name, .label), Frame.Piece(fact.value, role)]] + below
      }
      let values = cut(fact.value, columns: max(8, columns - 4)).map { [Frame.Piece("    " + $0, role)] }
      return [[Frame.Piece(name, .label)]] + values + below
    }
    let values = cut(fact.value, columns: columns - nameColumns)
    return values.enumerated().map {
      [Frame.Piece($0 == 0 ? name : padded("", to: nameColumns), .label), Frame.Piece($1, role)]
    } + below
  }

  private static let valueRows = 4

  /// A value in rows; brokers choose some of them, and they may have 65,535 bytes.
  private static func cut(_ value: String, columns: Int) -> [String] {
    Words.filled(TextWidth.clip(value, to: columns * valueRows), columns: columns)
  }

  private static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - TextWidth.of(text)))
  }
}
