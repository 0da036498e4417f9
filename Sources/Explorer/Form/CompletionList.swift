/// Topics that begin with what was typed, below the topic field.
struct CompletionList: Equatable, Sendable {
  let topics: [String]
  /// The chosen one; nil until ↓ is pressed, so that Enter and Tab keep what was typed.
  var choice: Int?

  static let limit = 8

  /// Nil when there is nothing to offer.
  init?(_ topics: [String], for typed: String) {
    self.topics = Array(topics.lazy.filter { !$0.utf8.elementsEqual(typed.utf8) }.prefix(Self.limit))
    if self.topics.isEmpty || typed.isEmpty { return nil }
  }

  var chosen: String? { choice.map { topics[$0] } }

  mutating func moveDown() {
    choice = choice.map { min($0 + 1, topics.count - 1) } ?? 0
  }

  /// Upwards out of the list is no choice.
  mutating func moveUp() {
    choice = choice.flatMap { $0 > 0 ? $0 - 1 : nil }
  }
}
