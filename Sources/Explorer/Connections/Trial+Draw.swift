import Terminal

/// How far the trial came, on the screen.
extension Trial {
  func draw(into frame: inout Frame, in screen: Rect) {
    let width = min(76, screen.columns - 4)
    let lines = lines(columns: width - 4)
    let window = screen.inset(columns: 2, rows: 1).centred(Size(columns: width, rows: lines.count + 2))
    frame.box(window, title: "Test", note: isOver ? "Esc closes" : "Esc stops", isFocused: true, on: .popup)
    let inside = window.inside.inset(columns: 1, rows: 0)
    for (row, line) in lines.prefix(inside.rows).enumerated() {
      frame.write(line, at: inside.line(row).origin, in: inside, on: .popup)
    }
  }

  private func lines(columns: Int) -> [[Frame.Piece]] {
    var lines: [[Frame.Piece]] = [[Frame.Piece(address, .text)], []]
    for step in steps {
      let words = Words.wrapped(step.words, columns: max(1, columns - 11))
      for (row, text) in words.enumerated() {
        let head = row == 0 ? "\(step.outcome.mark) \(step.name)" : ""
        let gap = String(repeating: " ", count: 11 - TextWidth.of(head))
        lines.append([Frame.Piece(head + gap, step.outcome.role), Frame.Piece(text, step.outcome.role)])
      }
    }
    guard isOver else { return lines }
    let ending =
      remarks + [
        isSuccess
          ? "The test is over and the connection closed; it used a client identifier of its own."
          : "Nothing was changed."
      ]
    lines.append([])
    return lines + ending.flatMap { Words.wrapped([Frame.Piece($0, .dim)], columns: columns) }
  }
}

extension Trial.Step.Outcome {
  fileprivate var mark: String {
    switch self {
    case .underWay: "…"
    case .reached: "✓"
    case .failed: "×"
    case .notTried: "·"
    }
  }

  fileprivate var role: Role {
    switch self {
    case .underWay: .text
    case .reached: .success
    case .failed: .danger
    case .notTried: .dim
    }
  }
}
