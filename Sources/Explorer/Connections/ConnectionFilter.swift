/// What `/` looks for among brokers: words, all of which have to be in a broker's name or address.
///
/// With `!` in front a word is what must not be there. Capitals count only if one was typed.
struct ConnectionFilter: Equatable, Sendable {
  private struct Word: Equatable {
    let isInverted: Bool
    let bytes: [UInt8]
    let isExact: Bool
  }

  private let words: [Word]

  /// A filter for what was typed; nil for nothing.
  init?(_ text: String) {
    words = text.split(separator: " ").compactMap { text in
      let isInverted = text.first == "!"
      let word = isInverted ? text.dropFirst() : text
      let isExact = word.contains { $0.isUppercase }
      return word.isEmpty ? nil : Word(isInverted: isInverted, bytes: Array(word.utf8), isExact: isExact)
    }
    guard !words.isEmpty else { return nil }
  }

  /// Whether a row is shown.
  func matches(_ row: ConnectionRow) -> Bool {
    words.allSatisfy { word in
      let isThere = [row.profile ?? "", row.address].contains { text in
        (word.isExact ? text : text.lowercased()).utf8.span.bytes.contains(word.bytes, isExact: true)
      }
      return isThere != word.isInverted
    }
  }
}
