import Terminal

/// Keys and what they do along a lower border, as many as fit.
func drawFooter(_ line: Rect, _ items: [(key: String, words: String)], into frame: inout Frame) {
  let place = line.inset(columns: 2, rows: 0)
  var point = place.origin
  for item in items {
    let width = TextWidth.of(item.key) + TextWidth.of(item.words) + 3
    guard point.column + width <= place.endColumn else { return }
    point.column += frame.write(" \(item.key)", at: point, in: place, Style(.shortcut, on: .panel))
    point.column += frame.write(" \(item.words) ", at: point, in: place, Style(.dim, on: .panel))
  }
}

extension [(key: String, words: String)] {
  /// With help behind the first, which is the way out: these two have a place on every screen.
  var withHelp: Self { prefix(1) + [("?", "help")] + dropFirst() }
}
