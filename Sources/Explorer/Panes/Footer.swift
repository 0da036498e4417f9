import Terminal

/// The last line: a notice while there is one, otherwise the keys that matter here.
struct Footer {
  let notice: Notice?
  let isReadOnly: Bool
  /// Something lies above the panes and has the keys, with a footer of its own.
  let isCovered: Bool

  func draw(into frame: inout Frame, in place: Rect) {
    frame.fill(place, Style(.text, on: .bar))
    var pen = LineWriter(place, on: .bar)
    pen.skip(1)
    if let notice {
      pen.write(notice.sentence, notice.kind.role, into: &frame)
    } else if !isCovered {
      drawHints(with: &pen, into: &frame)
    }
  }

  private func drawHints(with pen: inout LineWriter, into frame: inout Frame) {
    for command in Command.footer where !(isReadOnly && command.action?.isWriting == true) {
      guard let hint = command.hint, let key = command.keys.first else { continue }
      guard TextWidth.of(key) + 1 + TextWidth.of(hint) <= pen.room else { return }
      pen.write(key, .shortcut, .bold, into: &frame)
      pen.write(" " + hint, .label, into: &frame)
      pen.skip(2)
    }
  }
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
