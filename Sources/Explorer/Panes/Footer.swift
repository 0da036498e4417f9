import Terminal

/// The last line: a notice while there is one, otherwise the keys that matter here.
///
/// A notice that needs more than a line takes the lines above too: half a sentence explains nothing.
struct Footer {
  private static let noticeRows = 4

  /// The screen for what lies above the panes and has a footer of its own: a notice of several lines takes room from
  /// it, and covers nothing of it.
  static func screen(_ screen: Rect, above notice: Notice?) -> Rect {
    guard let notice else { return screen }
    return screen.split(rows: screen.rows + 1 - rows(of: notice, in: screen, isCovered: true)).top
  }

  private static func rows(of notice: Notice, in screen: Rect, isCovered: Bool) -> Int {
    let count = Words.wrapped(notice.sentence, columns: screen.columns - 2).count
    return max(1, min(count, noticeRows, isCovered ? screen.rows / 3 : screen.rows - 1))
  }

  let notice: Notice?
  let isReadOnly: Bool
  /// Something lies above the panes and has the keys, with a footer of its own.
  let isCovered: Bool

  func draw(into frame: inout Frame, in place: Rect) {
    frame.fill(place, Style(.text, on: .bar))
    if let notice {
      draw(notice, into: &frame, in: place)
    } else if !isCovered {
      drawHints(into: &frame, in: place)
    }
  }

  private func draw(_ notice: Notice, into frame: inout Frame, in place: Rect) {
    let screen = Rect(column: place.column, row: 0, columns: place.columns, rows: place.endRow)
    let rows = Self.rows(of: notice, in: screen, isCovered: isCovered)
    let area = screen.split(rows: -rows).bottom
    frame.fill(area, Style(.text, on: .bar))
    let lines = Words.wrapped(notice.sentence, columns: place.columns - 2)
    // What has no row of its own is cut where it can be seen to be
    let shown = lines.prefix(rows - 1) + [lines.dropFirst(rows - 1).joined(separator: " ")]
    for (row, line) in shown.enumerated() {
      let point = Point(column: area.column + 1, row: area.row + row)
      frame.write(line, at: point, in: area, Style(notice.kind.role, on: .bar))
    }
  }

  private func drawHints(into frame: inout Frame, in place: Rect) {
    var pen = LineWriter(place, on: .bar)
    pen.skip(1)
    let hints = Self.hints(fitting: pen.room, Command.footer.filter { !isReadOnly || $0.action?.isWriting != true })
    for (key, hint) in hints {
      pen.write(key, .shortcut, .bold, into: &frame)
      pen.write(" " + hint, .label, into: &frame)
      pen.skip(2)
    }
  }

  /// As many as fit, from the first on; but help and the way out have a place on every screen that has room for them.
  private static func hints(fitting columns: Int, _ commands: [Command]) -> [(key: String, hint: String)] {
    var room = columns + 2
    var chosen: Set<Action> = []
    for command in commands.filter(\.isVital) + commands.filter({ !$0.isVital }) {
      guard let action = command.action, let hint = command.hint, let key = command.keys.first else { continue }
      room -= TextWidth.of(key) + TextWidth.of(hint) + 3
      guard room >= 0 else { break }
      chosen.insert(action)
    }
    return commands.compactMap { command in
      guard let action = command.action, chosen.contains(action) else { return nil }
      return (command.keys[0], command.hint ?? "")
    }
  }
}

extension Command {
  /// Who knows this key finds all others, or gets out.
  fileprivate var isVital: Bool { action == .help || action == .quit }
}

extension Notice.Kind {
  var role: Role {
    switch self {
    case .information: .text
    case .success: .success
    case .warning: .warning
    case .failure: .danger
    }
  }
}
