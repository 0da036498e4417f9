/// Where the calm re-sorting by a changing key is.
struct Resort {
  /// The next node to look at, or none while it rests.
  var cursor: UInt32?
  /// When the last pass began, in ticks.
  var began: UInt32 = 0
  /// Since the last pass began, something changed.
  var isNeeded = false
  /// Ticks from the beginning of a pass to the next: a second, or 10 ms for every 100 children of the largest branch, so that
  /// sorting never takes more than a small part of the time.
  var pause: UInt32 = 100
}

extension TopicTree {
  /// Whether `left` comes before `right`, its sibling.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    let keys = (sortKey(left), sortKey(right))
    return keys.0 == keys.1 ? namePrecedes(left, right) : keys.0 < keys.1
  }

  /// What siblings are sorted by before their names; smaller comes first.
  func sortKey(_ index: UInt32) -> UInt64 {
    switch order {
    case .name:
      // The broker's own topics come after the user's.
      guard nodes[index].parent == 0 else { return 0 }
      return withName(of: index) { $0.byteCount > 0 && $0.byte(at: 0) == UInt8(ascii: "$") ? 1 : 0 }
    case .count: return ~tallies[index].messages
    case .bytes: return ~tallies[index].bytes
    case .age: return ~UInt64(tallies[index].changed)
    case .rate: return ~UInt64(rate(of: index, at: resort.began).bitPattern)
    }
  }

  /// Brings the children of a node into the current order.
  ///
  /// - Returns: how many they are.
  @discardableResult
  mutating func sortChildren(of parent: UInt32) -> Int {
    nodes[parent].state.remove(.isUnsorted)
    let before = childrenInOrder(of: parent)
    guard before.count > 1 else {
      return before.count
    }
    let after = sorted(before)
    if after != before {
      rebuild(parent, from: after)
    }
    return before.count
  }

  /// Siblings in the current order.
  func sorted(_ siblings: [UInt32]) -> [UInt32] {
    let skip = commonLength(of: siblings)
    var keyed = siblings.map { (key: sortKey($0), start: nameStart($0, after: skip), index: $0) }
    keyed.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      return left.start == right.start ? namePrecedes(left.index, right.index) : left.start < right.start
    }
    return keyed.map(\.index)
  }

  /// Sorts by another key: at once what is open, the rest when it is opened.
  mutating func sort(by order: Order, at now: UInt32) {
    guard order != self.order else {
      return
    }
    finishCounting()
    self.order = order
    resort = Resort(began: now)
    for index in 0..<linked where nodes[index].children != 0 {
      nodes[index].state.insert(.isUnsorted)
      if isShowingChildren(index) {
        sortChildren(of: index)
      }
    }
  }

  /// Goes on with the pass over open branches, some thousand children at a time, and begins one a second at most.
  mutating func continueSorting(at now: UInt32) {
    guard order != .name, !filtering.isCounting else {
      return
    }
    if resort.cursor == nil, resort.isNeeded, now &- resort.began >= resort.pause {
      resort = Resort(cursor: 0, began: now)
    }
    var budget = 4_000
    while let cursor = resort.cursor, budget > 0 {
      budget -= 1
      let node = nodes[cursor]
      if node.children != 0, isShowingChildren(cursor), now &- tallies[cursor].changed < 6_000 {
        let children = sortChildren(of: cursor)
        budget -= children
        resort.pause = max(resort.pause, UInt32(children / 100))
      }
      resort.cursor = cursor + 1 < linked ? cursor + 1 : nil
    }
  }

  func namePrecedes(_ left: UInt32, _ right: UInt32) -> Bool {
    withName(of: left) { name in withName(of: right) { name.precedes($0) } }
  }

  /// How many bytes all these names begin with alike.
  private func commonLength(of siblings: [UInt32]) -> Int {
    withName(of: siblings[0]) { first in
      var length = first.byteCount
      for sibling in siblings.dropFirst() where length > 0 {
        withName(of: sibling) { name in
          length = min(length, name.byteCount)
          while !name.extracting(first: length).isEqual(to: first.extracting(first: length)) {
            length -= 1
          }
        }
      }
      return length
    }
  }

  /// Eight bytes of a name as a number in their order, to compare most names without going to them.
  private func nameStart(_ index: UInt32, after skip: Int) -> UInt64 {
    withName(of: index) { whole in
      let name = whole.extracting(skip..<whole.byteCount)
      if name.byteCount >= 8 {
        return name.word(at: 0).bigEndian
      }
      var start: UInt64 = 0
      for offset in 0..<name.byteCount {
        start |= UInt64(name.byte(at: offset)) << UInt64(56 - 8 * offset)
      }
      return start
    }
  }
}
