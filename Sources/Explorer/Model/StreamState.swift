import TopicStore

/// What passes below a branch, newest first: what the message pane shows where there is no value of its own.
///
/// The stream follows the newest message until the person moves down into it; then the top stays where it is.
struct StreamState {
  private(set) var entries: [HistoryState.Entry] = []
  private(set) var line = 0
  private var branch: TopicID?
  /// The stream is shown from this message on; nil follows the newest.
  private var anchor: MessageID?
  /// The messages above the first line that the person has come past, newest first.
  private var passed: [MessageID] = []
  private var height = 1

  private static let prefixLimit = 240

  /// The message on the lit line.
  var selected: MessageInfo? {
    entries.indices.contains(line) ? entries[line].info : nil
  }

  var isFollowing: Bool { anchor == nil && line == 0 }

  mutating func follow() {
    anchor = nil
    passed = []
    line = 0
  }

  /// Takes the lines to show from the store.
  mutating func refresh(branch: TopicID?, from store: borrowing TopicStore, height: Int) {
    if branch != self.branch { follow() }
    self.branch = branch
    self.height = max(1, height)
    guard let branch else { return entries = [] }
    // The lit message stays the lit one when its line goes.
    if line >= self.height { moveOn(by: line - self.height + 1, line: self.height - 1) }
    var ids: [MessageID] = []
    if let anchor {
      if store.message(anchor) == nil { self.anchor = nil } else { ids = [anchor] }
    }
    ids += store.stream(below: branch, before: anchor, limit: self.height - ids.count)
    let base = store.path(of: branch).count + 1
    entries = ids.compactMap { id in
      guard let info = store.message(id) else { return nil }
      let topic = Array(store.path(of: info.topic).dropFirst(base))
      return HistoryState.Entry(
        info: info, prefix: store.payload(of: id, limit: Self.prefixLimit) ?? [], gap: nil, topic: topic)
    }
    line = min(line, max(0, entries.count - 1))
  }

  /// Moves the lit line; past the last line the stream moves on to older messages, past the first one back to newer.
  mutating func move(by distance: Int) {
    let target = line + distance
    if target < 0 {
      moveBack(by: -target)
    } else if target < entries.count {
      anchor = anchor ?? entries.first?.info.id
      line = target
    } else if entries.count == height {
      moveOn(by: min(target - entries.count + 1, entries.count - 1), line: entries.count - 1)
    }
  }

  private mutating func moveOn(by distance: Int, line: Int) {
    guard entries.indices.contains(distance) else { return }
    passed += entries.prefix(distance).map(\.info.id)
    anchor = entries[distance].info.id
    self.line = line
  }

  /// Back to what was above before; above all of that is the newest message.
  private mutating func moveBack(by distance: Int) {
    guard let first = passed.suffix(distance).first else { return follow() }
    passed.removeLast(min(distance, passed.count))
    anchor = first
    line = 0
  }

  mutating func choose(line index: Int) {
    guard entries.indices.contains(index) else { return }
    move(by: index - line)
  }

  var page: Int { max(1, height - 1) }
}
