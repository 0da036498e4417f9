extension TopicStore {
  /// Kept messages of a topic and all below it, newest first; nil is the whole tree.
  ///
  /// The newest two segments of the log are looked through first. If they do not have enough, the histories of the branch are
  /// merged, and a branch is entered only when its newest message is due. So the cost does not depend on the size of the log.
  /// - Parameter before: only messages older than this one, to turn pages.
  public func stream(below topic: TopicID?, before: MessageID? = nil, limit: Int) -> [MessageID] {
    guard limit > 0, let top = topic.map({ tree.known($0) }) ?? 0 else {
      return []
    }
    var bound: Stamp?
    if let before {
      guard let record = log.record(at: before.position) else {
        return []
      }
      bound = Stamp(time: record.time, position: before.position)
    }
    if let recent = recentStream(below: top, before: bound, limit: limit) {
      return recent
    }
    var heap = MergeHeap()
    heap.insert(.branch(top), due: Stamp(time: .max, position: .max))
    var result: [MessageID] = []
    while result.count < limit, let (due, source) = heap.popNewest() {
      switch source {
      case .branch(let index):
        enter(index, bound, &heap)
      case .chain:
        result.append(MessageID(position: due.position))
        push(log.previous(of: due.position), nil, &heap)
      }
    }
    return result
  }

  /// The stream, if the newest segments have all that is asked for. Messages that were moved are older than they look there.
  private func recentStream(below top: UInt32, before bound: Stamp?, limit: Int) -> [MessageID]? {
    let end = min(bound?.position ?? .max, settledEnd)
    if let bound, log.record(at: bound.position)?.marks.contains(.isMoved) != false {
      return nil
    }
    var result: [MessageID] = []
    log.visitNewest(before: end) { position, record in
      if !record.marks.contains(.isMoved), tree.isNode(record.topic, atOrBelow: top) {
        result.append(MessageID(position: position))
      }
      return result.count < limit
    }
    return result.count < limit ? nil : result
  }

  private func enter(_ index: UInt32, _ bound: Stamp?, _ heap: inout MergeHeap) {
    push(shownPosition(of: index), bound, &heap)
    for child in tree.childrenInOrder(of: index) {
      if tree.nodes[child].children == 0 {
        push(shownPosition(of: child), bound, &heap)
      } else {
        // Ticks are rounded down: anything below was received before the next tick.
        let due = time(of: tree.tallies[child].changed &+ 1)
        heap.insert(.branch(child), due: Stamp(time: due, position: .max))
      }
    }
  }

  /// Puts the first message of a chain that is older than `bound` into the heap.
  private func push(_ start: UInt64, _ bound: Stamp?, _ heap: inout MergeHeap) {
    var position = start
    while let record = log.record(at: position) {
      let stamp = Stamp(time: record.time, position: position)
      guard let bound, !(stamp < bound) else {
        return heap.insert(.chain, due: stamp)
      }
      position = log.previous(of: position)
    }
  }
}
