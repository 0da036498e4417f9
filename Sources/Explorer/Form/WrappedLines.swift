import Terminal

/// A run of text in one role.
struct Piece: Equatable, Sendable {
  var text: String
  var role: Role
}

/// Breaks pieces into lines of so many columns, between words where it can.
func wrapped(_ pieces: [Piece], to columns: Int) -> [[Piece]] {
  var lines: [[Piece]] = [[]]
  var used = 0
  for piece in pieces {
    for word in words(piece.text) {
      var width = TextWidth.of(word)
      var text = Substring(word)
      if used > 0, used + TextWidth.of(word.trimmedEnd) > columns {
        lines.append([])
        used = 0
        text = text.drop { $0 == " " }
        width = TextWidth.of(String(text))
      }
      let line = lines.count - 1
      if lines[line].last?.role == piece.role {
        lines[line][lines[line].count - 1].text += text
      } else {
        lines[line].append(Piece(text: String(text), role: piece.role))
      }
      used += width
    }
  }
  return lines
}

/// The words of a text, each with the spaces before it.
private func words(_ text: String) -> [String] {
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

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension Frame {
  /// Writes pieces one after the other.
  mutating func write(_ pieces: [Piece], at point: Point, in clip: Rect, on ground: Ground) {
    var point = point
    for piece in pieces {
      guard point.column < clip.endColumn else { return }
      point.column += write(piece.text, at: point, in: clip, Style(piece.role, on: ground))
    }
  }
}
