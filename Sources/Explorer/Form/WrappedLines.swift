import Terminal

/// A run of text in one role.
struct Piece: Equatable, Sendable {
  var text: String
  var role: Role
}

/// Breaks pieces into lines of so many columns: between the words of long pieces, and before a short one that begins
/// with an arrow, so that `PUBCOMP 5 ms` stays together.
func wrapped(_ pieces: [Piece], to columns: Int) -> [[Piece]] {
  var lines: [[Piece]] = [[]]
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

/// What is kept on one line together.
private func groups(of pieces: [Piece]) -> [[Piece]] {
  var groups: [[Piece]] = []
  for piece in pieces {
    let isShort = TextWidth.of(piece.text) <= 12
    let isJoined = isShort && !piece.text.hasPrefix(" →") && !groups.isEmpty
    for (place, word) in (isShort ? [piece.text] : words(piece.text)).enumerated() {
      let follows = isJoined || (place == 0 && !word.hasPrefix(" ") && !groups.isEmpty)
      if follows {
        groups[groups.count - 1].append(Piece(text: word, role: piece.role))
      } else {
        groups.append([Piece(text: word, role: piece.role)])
      }
    }
  }
  return groups
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

extension [Piece] {
  fileprivate mutating func append(_ text: String, _ role: Role) {
    if last?.role == role {
      self[count - 1].text += text
    } else {
      append(Piece(text: text, role: role))
    }
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
