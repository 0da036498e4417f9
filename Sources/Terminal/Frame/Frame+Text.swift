extension Frame {
  /// The screen as text: rows without their trailing spaces, joined by line feeds.
  public var text: String {
    (0..<size.rows).map(text(row:)).joined(separator: "\n")
  }

  /// How the screen looks, as text: for each row its runs, such as `12 topic/selected 3 age/selected+bold`.
  public var roles: String {
    (0..<size.rows).map(roles(row:)).joined(separator: "\n")
  }

  private func text(row: Int) -> String {
    var line = String.UnicodeScalarView()
    for cell in cells[row * size.columns..<(row + 1) * size.columns] where cell.scalar != 0 {
      line.append(Unicode.Scalar(cell.scalar) ?? " ")
      line.append(contentsOf: marks(of: cell))
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  private func roles(row: Int) -> String {
    var runs: [(style: UInt16, count: Int)] = []
    for cell in cells[row * size.columns..<(row + 1) * size.columns] {
      if runs.last?.style == cell.style {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((cell.style, 1))
      }
    }
    return runs.map { "\($0.count) \(Style(packed: $0.style))" }.joined(separator: " ")
  }
}

extension Style: CustomStringConvertible {
  /// Role, ground and emphasis, such as `topic/selected+bold`.
  public var description: String {
    var words = "\(role)/\(ground)"
    if emphasis.contains(.bold) { words += "+bold" }
    if emphasis.contains(.underline) { words += "+underline" }
    if emphasis.contains(.reverse) { words += "+reverse" }
    return words
  }
}
