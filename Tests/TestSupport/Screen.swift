/// What a terminal shows at one moment.
package struct Screen: Equatable, Sendable {
  /// One string a row, without the blanks at its end.
  package var rows: [String]
  package var cursor: Cursor
  package var isAlternate: Bool
  package var title: String

  /// The cursor's cell, counted from 0.
  package struct Cursor: Equatable, Sendable {
    package var column: Int
    package var row: Int
    package var isVisible: Bool

    package init(column: Int, row: Int, isVisible: Bool = true) {
      self.column = column
      self.row = row
      self.isVisible = isVisible
    }
  }

  /// All rows, without the empty ones at the end.
  package var text: String {
    let used = rows.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    return rows[..<used].joined(separator: "\n")
  }

  package func contains(_ text: String) -> Bool {
    rows.contains { $0.contains(text) }
  }

  /// The row and column of the first place where the text stands, for clicks and attributes of ASCII screens.
  package func place(of text: String) -> (column: Int, row: Int)? {
    for (row, line) in rows.enumerated() {
      guard let found = line.firstRange(of: text) else { continue }
      return (line.distance(from: line.startIndex, to: found.lowerBound), row)
    }
    return nil
  }
}

/// One cell of a screen as the terminal would paint it.
package struct ScreenCell: Equatable, Sendable {
  package enum Color: Equatable, Sendable {
    case standard
    case palette(Int)
    case rgb(UInt8, UInt8, UInt8)
  }

  package var text: String
  /// Columns taken: 2 for a wide character.
  package var width: Int
  package var isBold: Bool
  package var isUnderlined: Bool
  package var isReversed: Bool
  package var foreground: Color
  package var background: Color
}
