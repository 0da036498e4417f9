import Terminal

/// The list of the connection screen between its uses: which row is lit, and what `/` leaves of the rows.
struct ConnectionList: Equatable, Sendable {
  private var line = 0
  private(set) var filter = TextEditor(isSingleLine: true)
  /// The filter has the keys.
  private(set) var isFinding = false

  /// The rows that the filter leaves.
  func found(in rows: [ConnectionRow]) -> [ConnectionRow] {
    guard let filter = ConnectionFilter(filter.text) else { return rows }
    return rows.filter(filter.matches)
  }

  /// The place of the lit row among those that were found; nil while there is none.
  func lit(among found: [ConnectionRow]) -> Int? {
    found.isEmpty ? nil : min(line, found.count - 1)
  }

  /// The first row on a screen that has room for so many.
  func first(among found: [ConnectionRow], height: Int) -> Int {
    max(0, min((lit(among: found) ?? 0) - height / 2, found.count - height))
  }

  /// Lights the row of a profile; if the filter hides it, everything is shown.
  mutating func light(_ name: String, _ rows: [ConnectionRow]) {
    guard let place = rows.firstIndex(where: { $0.profile == name }) else { return }
    if let place = found(in: rows).firstIndex(where: { $0.profile == name }) {
      line = place
    } else {
      filter.set("")
      line = place
    }
  }

  /// - Parameter list: Where the rows are on the screen.
  /// - Returns: What is to be done with the lit row.
  mutating func handle(_ key: Key, _ rows: [ConnectionRow], in list: Rect) -> ConnectionCommand? {
    let found = found(in: rows)
    line = lit(among: found) ?? 0
    if isFinding, handlePrompt(key, rows) { return nil }
    switch ConnectionCommand(key) {
    case .find: isFinding = !rows.isEmpty
    case .leave where !filter.isEmpty: narrow(rows) { $0.set("") }
    case nil: return move(key, found, in: list)
    case let command: return command
    }
    return nil
  }

  private mutating func move(_ key: Key, _ found: [ConnectionRow], in list: Rect) -> ConnectionCommand? {
    let last = max(0, found.count - 1)
    switch key {
    case .character("q"), .character("B"): return .leave
    case .up, .character("k"): line = max(0, line - 1)
    case .down, .character("j"), .tab: line = min(last, line + 1)
    case .pageUp, .home, .character("g"): line = 0
    case .pageDown, .end, .character("G"): line = last
    case .mouse(let event): handle(event, found, in: list)
    default: break
    }
    return nil
  }

  private mutating func handle(_ event: MouseEvent, _ found: [ConnectionRow], in list: Rect) {
    switch event.action {
    case .wheelUp: line = max(0, line - 1)
    case .wheelDown: line = min(max(0, found.count - 1), line + 1)
    case .press(.left):
      let row = event.point.row - list.row + first(among: found, height: list.rows)
      if list.contains(event.point), found.indices.contains(row) { line = row }
    default: break
    }
  }

  /// Acts on a key of the prompt; false for what moves in the list.
  private mutating func handlePrompt(_ key: Key, _ rows: [ConnectionRow]) -> Bool {
    switch key {
    case .enter: isFinding = false
    case .escape:
      isFinding = false
      narrow(rows) { $0.set("") }
    case .backspace where filter.isEmpty: isFinding = false
    default: return narrow(rows) { $0.handle(key, page: 1) }
    }
    return true
  }

  /// Changes the filter; the lit row stays lit if it is still there.
  private mutating func narrow<Answer>(_ rows: [ConnectionRow], _ change: (inout TextEditor) -> Answer) -> Answer {
    let before = found(in: rows)
    let lit = lit(among: before).map { before[$0] }
    let answer = change(&filter)
    line = found(in: rows).firstIndex { $0.profile == lit?.profile && $0.broker == lit?.broker } ?? 0
    return answer
  }
}
