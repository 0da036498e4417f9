/// One replacement in a text, with what is needed to take it back.
struct Edit: Equatable, Sendable {
  var start: TextPosition
  var removed: String
  var inserted: String
  var cursorBefore: TextPosition

  var byteCount: Int { removed.utf8.count + inserted.utf8.count }
}

/// What can be undone and redone: a bounded list in which typing is joined word by word.
struct EditLog: Equatable, Sendable {
  private var past: [Edit] = []
  private var future: [Edit] = []
  private var byteCount = 0
  private var isOpen = false

  /// The newest edit is kept whatever its size, so that a large paste can always be taken back.
  static let byteLimit = 16 << 20
  static let countLimit = 1_000

  mutating func record(_ edit: Edit) {
    future.removeAll()
    byteCount += edit.byteCount
    if isOpen, let last = past.last, let joined = last.joined(with: edit) {
      past[past.count - 1] = joined
    } else {
      past.append(edit)
    }
    isOpen = true
    let excess = past.count - Self.countLimit
    if excess > 0 { forget(excess) }
    while byteCount > Self.byteLimit, past.count > 1 { forget(1) }
  }

  /// Ends the word being typed: the next edit is undone by itself.
  mutating func close() { isOpen = false }

  mutating func takePast() -> Edit? {
    guard let edit = past.popLast() else { return nil }
    byteCount -= edit.byteCount
    future.append(edit)
    isOpen = false
    return edit
  }

  mutating func takeFuture() -> Edit? {
    guard let edit = future.popLast() else { return nil }
    byteCount += edit.byteCount
    past.append(edit)
    isOpen = false
    return edit
  }

  private mutating func forget(_ count: Int) {
    for edit in past.prefix(count) { byteCount -= edit.byteCount }
    past.removeFirst(count)
  }
}

extension Edit {
  /// This edit and the one after it as one, when both type the same word or both delete backwards.
  fileprivate func joined(with next: Edit) -> Edit? {
    var joined = self
    if removed.isEmpty, next.removed.isEmpty {
      guard next.inserted.count == 1, next.start == start.advanced(over: inserted) else { return nil }
      guard !next.inserted.utf8.contains(.newline), !inserted.utf8.contains(.newline) else { return nil }
      if inserted.last?.isWhitespace == true, next.inserted.first?.isWhitespace == false { return nil }
      joined.inserted += next.inserted
      return joined
    }
    guard inserted.isEmpty, next.inserted.isEmpty, next.removed.count == 1 else { return nil }
    guard next.start.advanced(over: next.removed) == start else { return nil }
    joined.start = next.start
    joined.removed = next.removed + removed
    return joined
  }
}
