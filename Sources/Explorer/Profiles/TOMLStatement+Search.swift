import Terminal

extension [TOMLStatement] {
  /// The line, counted from 1, of what a path leads to, or of the nearest thing above it.
  func line(of path: [String]) -> Int? {
    for count in stride(from: path.count, to: 0, by: -1) {
      let part = Array<String>(path.prefix(count))
      if let found = first(where: { $0.path == part }) ?? first(where: { $0.isAt(part) }) { return found.number }
    }
    return nil
  }

  /// Whether a string of what a path leads to has U+0000 in it, written as an escape.
  func hasNUL(at path: [String]) -> Bool {
    contains { $0.hasNUL && ($0.isAt(path) || path.starts(with: $0.path)) }
  }
}
