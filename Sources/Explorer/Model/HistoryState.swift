import TopicStore

/// The kept messages of the selected topic, or of all topics below a branch, newest first.
///
/// The list follows the newest message until an older one is chosen; that one then stays chosen, and on its line, while
/// newer ones arrive above it.
struct HistoryState {
  /// One message of the list.
  struct Entry: Equatable {
    let info: MessageInfo
    /// The first bytes of the payload.
    let prefix: [UInt8]
    /// Nanoseconds since the message before it; nil for the oldest that is kept.
    let gap: Int64?
    /// For a stream: the topic below the branch.
    let topic: [UInt8]
  }

  private(set) var entries: [Entry] = []
  /// The line of the list that is lit.
  private(set) var line = 0
  /// Messages of the topic that were seen, and how many of them are kept.
  private(set) var seen: UInt64 = 0
  private(set) var kept = 0
  /// The mean time between the listed messages, in nanoseconds; nil where it says nothing.
  private(set) var meanGap: Int64?
  private var topic: TopicID?
  /// How many messages of the topic are newer than the first line's; `pinned` once one was chosen.
  private var skip = 0
  /// The message on the first line as long as the list stands still: newer ones above it then cost nothing.
  private var first: MessageID?
  private var isPinned = false
  private var height = 1

  private static let prefixLimit = 240

  /// The message that the person chose; nil while the list follows the newest.
  var chosen: MessageID? {
    isPinned && entries.indices.contains(line) ? entries[line].info.id : nil
  }

  /// Forgets the choice and follows the newest message again.
  mutating func follow() {
    skip = 0
    first = nil
    line = 0
    isPinned = false
  }

  /// Takes the lines to show from the store. Costs O(height), and O(skip) once after a move.
  mutating func refresh(topic: TopicID?, from store: borrowing TopicStore, height: Int) {
    if topic != self.topic { follow() }
    let isSame = topic == self.topic
    self.topic = topic
    let grown = max(1, height) - self.height
    self.height = max(1, height)
    guard let topic, let facts = store.facts(of: topic) else { return clear() }
    if isPinned, isSame { skip += Int(clamping: facts.seen - min(facts.seen, seen)) }
    seen = facts.seen
    kept = facts.kept
    // The chosen message stays the chosen one when its line goes.
    let below = max(0, line - (self.height - 1))
    skip += below
    line -= below
    skip = min(skip, max(0, kept - 1))
    // A taller pane shows newer ones above rather than nothing below.
    let above = grown > 0 ? max(0, min(skip, self.height - (kept - skip))) : 0
    skip -= above
    line += above
    if below > 0 || above > 0 { first = nil }
    let ids = ids(of: topic, in: store)
    first = isPinned ? ids.first : nil
    entries = Self.entries(ids, from: store, limit: self.height)
    line = min(line, max(0, entries.count - 1))
    let gaps = entries.compactMap(\.gap)
    let sum = gaps.reduce(0, &+)
    meanGap = sum > 0 ? sum / Int64(gaps.count) : nil
  }

  private func ids(of topic: TopicID, in store: borrowing TopicStore) -> [MessageID] {
    if let first {
      let ids = store.history(from: first, limit: height + 1)
      if !ids.isEmpty { return ids }
    }
    return store.history(of: topic, skip: skip, limit: height + 1)
  }

  /// Moves the choice; moving up from the newest message follows the newest again.
  mutating func move(by distance: Int) {
    guard kept > 0 else { return }
    let target = min(max(0, skip + line + distance), kept - 1)
    isPinned = target > 0
    first = nil
    if target < skip { skip = target }
    if target >= skip + height { skip = target - height + 1 }
    line = target - skip
  }

  mutating func moveToOldest() { move(by: kept) }

  /// Chooses the message on a line of the pane.
  mutating func choose(line index: Int) {
    guard entries.indices.contains(index) else { return }
    move(by: index - line)
  }

  var page: Int { max(1, height - 1) }

  private mutating func clear() {
    entries = []
    seen = 0
    kept = 0
    meanGap = nil
  }

  private static func entries(_ ids: [MessageID], from store: borrowing TopicStore, limit: Int) -> [Entry] {
    var entries: [Entry] = []
    for (index, id) in ids.enumerated().prefix(limit) {
      guard let info = store.message(id) else { continue }
      let older = index + 1 < ids.count ? store.message(ids[index + 1]) : nil
      entries.append(
        Entry(
          info: info, prefix: store.payload(of: id, limit: prefixLimit) ?? [], gap: older.map { info.time - $0.time },
          topic: []))
    }
    return entries
  }
}
