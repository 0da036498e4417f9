import Terminal

/// Help and command palette in one: every command with its keys, narrowed by typing, run by Enter.
struct CommandList: Equatable {
  private(set) var query = ""
  private(set) var line = 0

  /// All commands, those of the screen below first.
  private let all: [Command]
  /// The commands that the query leaves.
  private var found: [Command]
  /// The keys of the screen below; nil above the panes.
  private let group: Command.Group?

  init(on group: Command.Group? = nil) {
    self.group = group
    all = Command.all.filter { $0.group == group } + Command.all.filter { $0.group != group }
    found = all
  }

  /// What a key did to the list.
  enum Outcome: Equatable {
    case none
    case close
    case run(Action)
    /// A command of the screen below, by its key.
    case press(Key)
  }

  mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape, .control("p"), .function(1): return .close
    case .enter: return found.indices.contains(line) ? outcome(of: found[line]) : .none
    case .up, .control("k"): line = max(0, line - 1)
    case .down, .control("j"), .tab: line = min(max(0, found.count - 1), line + 1)
    case .pageUp: line = max(0, line - 10)
    case .pageDown: line = min(max(0, found.count - 1), line + 10)
    case .home: line = 0
    case .end: line = max(0, found.count - 1)
    case .backspace: narrow(String(query.dropLast()))
    case .control("u"): narrow("")
    case .character(let character): narrow(query + String(character))
    default: return .none
    }
    return .none
  }

  private func outcome(of command: Command) -> Outcome {
    if let action = command.action { return .run(action) }
    guard command.group == group, let key = command.keys.first.flatMap(Key.init(name:)) else { return .none }
    return .press(key)
  }

  private mutating func narrow(_ text: String) {
    query = text
    line = 0
    found = text.isEmpty ? all : all.filter { $0.matches(text.lowercased()) }
  }

  func draw(into frame: inout Frame, in screen: Rect) {
    let window = screen.inset(columns: 2, rows: 1).centred(Size(columns: 72, rows: found.count + groupCount + 4))
    frame.box(window, title: "Help", note: "Enter runs · Esc closes", isFocused: true, on: .popup)
    let (field, list) = window.inside.inset(columns: 1, rows: 0).split(rows: 1)
    var pen = LineWriter(field, on: .popup)
    pen.write("> ", .accent, into: &frame)
    pen.write(query.isEmpty ? "type to search" : query, query.isEmpty ? .placeholder : .input, into: &frame)
    frame.cursor = Point(column: field.column + 2 + TextWidth.of(query), row: field.row)
    drawList(into: &frame, in: list)
  }

  private var groupCount: Int { query.isEmpty ? Command.Group.allCases.count : 0 }

  private func drawList(into frame: inout Frame, in place: Rect) {
    guard !found.isEmpty else {
      frame.write("No command has this in its words or keys.", at: place.origin, in: place, Style(.dim, on: .popup))
      return
    }
    let rows = rows
    let lit = rows.firstIndex { $0 == .command(line) } ?? 0
    let top = min(max(0, lit - place.rows / 2), max(0, rows.count - place.rows))
    for (index, row) in rows.dropFirst(top).prefix(place.rows).enumerated() {
      draw(row, into: &frame, in: place.line(index))
    }
    let below = rows.count - top - place.rows
    guard below > 0 else { return }
    let border = Rect(column: place.column, row: place.endRow, columns: place.columns, rows: 1)
    frame.writeRight(" ↓ \(below) more ", in: border, Style(.dim, on: .popup))
  }

  private enum ListRow: Equatable {
    case heading(Command.Group)
    case command(Int)
  }

  private var rows: [ListRow] {
    var rows: [ListRow] = []
    for (index, command) in found.enumerated() {
      if query.isEmpty, index == 0 || found[index - 1].group != command.group { rows.append(.heading(command.group)) }
      rows.append(.command(index))
    }
    return rows
  }

  private func draw(_ row: ListRow, into frame: inout Frame, in place: Rect) {
    switch row {
    case .heading(let group):
      frame.write(group.rawValue, at: place.origin, in: place, Style(.accent, on: .popup, .bold))
    case .command(let index):
      let ground: Ground = index == line ? .selected : .popup
      frame.fill(place, Style(.text, on: ground))
      var pen = LineWriter(place, on: ground)
      pen.skip(2)
      pen.write(found[index].keys.joined(separator: "  "), .shortcut, .bold, into: &frame)
      pen.skip(max(1, place.column + 18 - pen.column))
      pen.write(found[index].summary, .label, into: &frame)
    }
  }
}

extension Command {
  fileprivate func matches(_ text: String) -> Bool {
    summary.lowercased().contains(text) || otherWords.contains(text) || id.contains(text)
      || group.rawValue.lowercased().contains(text)
      || keys.contains { $0.lowercased() == text }
  }
}
