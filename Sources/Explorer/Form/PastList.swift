import Terminal

/// The window of past publishes: newest first, narrowed by what is typed.
struct PastList: Equatable, Sendable {
  private(set) var filter = TextEditor(isSingleLine: true)
  private(set) var matches: [PublishDraft]
  private(set) var choice = 0
  private let all: [PublishDraft]
  /// For each, what the filter looks at: the topic and the start of the payload in lower case.
  private let searched: [[UInt8]]
  private static let searchedSize = 2_048

  init(_ history: PublishHistory) {
    all = history.drafts.reversed()
    matches = all
    searched = all.map { draft in
      let start = String(decoding: draft.payload.utf8.prefix(Self.searchedSize), as: UTF8.self)
      return Array("\(draft.topic)\n\(start)".lowercased().utf8)
    }
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
    let wanted = Array(filter.text.lowercased().utf8)
    matches = zip(all, searched).filter { $0.1.holds(wanted) }.map(\.0)
    choice = 0
  }

  /// The rows to show, with the chosen one among them.
  func rows(_ count: Int) -> Range<Int> {
    let start = max(0, min(choice - count / 2, matches.count - count))
    return start..<min(start + max(count, 0), matches.count)
  }
}

extension [UInt8] {
  /// Whether `part` is somewhere in these bytes.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard part.count <= count else { return false }
    for start in 0...(count - part.count) where self[start] == first {
      if self[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }
}
