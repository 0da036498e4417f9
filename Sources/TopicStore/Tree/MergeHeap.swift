/// When a message came, and which of those that came together.
struct Stamp: Comparable {
  let time: Int64
  let position: UInt64

  static func < (left: Stamp, right: Stamp) -> Bool {
    left.time == right.time ? left.position < right.position : left.time < right.time
  }
}

/// Histories and branches that wait for their turn in a stream, the newest on top.
struct MergeHeap {
  enum Source {
    /// A branch not yet entered.
    case branch(UInt32)
    /// The message at the stamp's position, and those of its topic before it.
    case chain
  }

  private var items: [(due: Stamp, source: Source)] = []

  mutating func insert(_ source: Source, due: Stamp) {
    items.append((due, source))
    var child = items.count - 1
    while child > 0, case let parent = (child - 1) / 2, items[parent].due < items[child].due {
      items.swapAt(parent, child)
      child = parent
    }
  }

  mutating func popNewest() -> (due: Stamp, source: Source)? {
    guard let top = items.first, let last = items.popLast() else {
      return nil
    }
    guard !items.isEmpty else {
      return top
    }
    items[0] = last
    var parent = 0
    while case let left = 2 * parent + 1, left < items.count {
      let right = left + 1
      let child = right < items.count && items[left].due < items[right].due ? right : left
      guard items[parent].due < items[child].due else {
        break
      }
      items.swapAt(parent, child)
      parent = child
    }
    return top
  }
}
