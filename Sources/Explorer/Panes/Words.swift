import Terminal

/// Text of our own, wrapped between its words.
enum Words {
  /// The lines of a text in so many columns; a word that is longer than a line goes on in the next.
  static func wrapped(_ text: String, columns: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { filled(String($0), columns: columns) }
  }

  /// The same for a text from outside, in which the end of a line is a character like others.
  static func filled(_ text: String, columns: Int) -> [String] {
    wrapped([Frame.Piece(text)], columns: columns)
      .flatMap { broken($0.map(\.text).joined(), columns: columns) }
  }

  /// A line cut into pieces of so many columns, wherever that is.
  static func broken(_ line: String, columns: Int) -> [String] {
    guard TextWidth.of(line) > columns, columns > 0 else { return [line] }
    var lines = [""]
    var used = 0
    for character in line {
      let width = TextWidth.of(String(character))
      if used + width > columns, used > 0 {
        lines.append("")
        used = 0
      }
      lines[lines.count - 1].append(character)
      used += width
    }
    return lines
  }

  /// The lines of pieces behind each other. Among several, a short one stays whole and with the one before it, unless
  /// it begins with an arrow: so `PUBCOMP 5 ms` stays together.
  static func wrapped(_ pieces: [Frame.Piece], columns: Int) -> [[Frame.Piece]] {
    var lines: [[Frame.Piece]] = [[]]
    var used = 0
    for group in groups(of: pieces) {
      let width = group.reduce(0) { $0 + TextWidth.of($1.text) }
      let breaks = used > 0 && used + width > columns
      if breaks {
        lines.append([])
        used = 0
      }
      for (place, piece) in group.enumerated() {
        let text = breaks && place == 0 ? String(piece.text.drop { $0 == " " }) : piece.text
        lines[lines.count - 1].append(text, piece.role)
        used += TextWidth.of(text)
      }
    }
    return lines
  }

  /// Up to so many columns a piece among others is short.
  private static let shortColumns = 12

  /// What is kept on one line together.
  private static func groups(of pieces: [Frame.Piece]) -> [[Frame.Piece]] {
    var groups: [[Frame.Piece]] = []
    for piece in pieces {
      let isShort = pieces.count > 1 && TextWidth.of(piece.text) <= shortColumns
      let isJoined = isShort && !piece.text.hasPrefix(" →") && !groups.isEmpty
      for (place, word) in (isShort ? [piece.text] : words(of: piece.text)).enumerated() {
        let follows = isJoined || (place == 0 && !word.hasPrefix(" ") && !groups.isEmpty)
        if follows {
          groups[groups.count - 1].append(Frame.Piece(word, piece.role))
        } else {
          groups.append([Frame.Piece(word, piece.role)])
        }
      }
    }
    return groups
  }

  /// The words of a text, each with the spaces before it.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character == " ", word.contains(where: { $0 != " " }) {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension [Frame.Piece] {
  fileprivate mutating func append(_ text: String, _ role: Role) {
    if last?.role == role {
      self[count - 1].text += text
    } else {
      append(Frame.Piece(text, role))
    }
  }
}
