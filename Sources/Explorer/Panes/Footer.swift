import Terminal

/// The last line: a notice while there is one, otherwise the keys that matter here.
///
/// A notice that needs more than a line takes the lines above too: half a sentence explains nothing.
struct Footer {
  private static let noticeRows = 4

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
    let lines = Words.wrapped(notice.sentence, columns: place.columns - 2)
    let rows = isCovered ? 1 : min(lines.count, Self.noticeRows, place.row)
    guard rows > 1 else {
      frame.write(
        notice.sentence, at: Point(column: place.column + 1, row: place.row), in: place,
        Style(notice.kind.role, on: .bar))
      return
    }
    let area = Rect(column: place.column, row: place.endRow - rows, columns: place.columns, rows: rows)
    frame.fill(area, Style(.text, on: .bar))
    frame.writeParagraph(
      notice.sentence, in: area.inset(columns: 1, rows: 0), Style(notice.kind.role, on: .bar))
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
