import Terminal

/// The window of past publishes: newest first, narrowed by what is typed.
struct PastList: Equatable, Sendable {
  private(set) var filter = TextEditor(isSingleLine: true)
  private(set) var matches: [PublishDraft]
  private(set) var choice = 0
  private let all: [PublishDraft]

  init(_ history: PublishHistory) {
    all = history.drafts.reversed()
    matches = all
  }

  /// How many there are without the filter.
  var total: Int { all.count }

  var chosen: PublishDraft? { matches.indices.contains(choice) ? matches[choice] : nil }

  mutating func move(by count: Int) {
    choice = max(0, min(choice + count, matches.count - 1))
  }

  /// Gives a key to the filter.
  mutating func type(_ key: Key) {
    let before = filter.revision
    guard filter.handle(key, page: 1), filter.revision != before else { return }
    let wanted = filter.text.lowercased()
    matches =
      wanted.isEmpty
      ? all : all.filter { $0.topic.lowercased().contains(wanted) || $0.payload.lowercased().contains(wanted) }
    choice = 0
  }

  /// The rows to show, with the chosen one among them.
  func rows(_ count: Int) -> Range<Int> {
    let start = max(0, min(choice - count / 2, matches.count - count))
    return start..<min(start + max(count, 0), matches.count)
  }
}
