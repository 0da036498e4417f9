extension TopicStore {
  /// The level above, or nil for a first level.
  public func parent(of topic: TopicID) -> TopicID? {
    guard let index = tree.known(topic), tree.nodes[index].parent != 0 else {
      return nil
    }
    return TopicID(index: tree.nodes[index].parent)
  }

  /// The bytes of the whole topic.
  public func path(of topic: TopicID) -> [UInt8] {
    tree.known(topic).map { tree.path(of: $0) } ?? []
  }

  /// The topic or branch of exactly this path.
  public func find(_ path: [UInt8]) -> TopicID? {
    guard let index = tree.find(path.span.bytes) else {
      return nil
    }
    return tree.known(TopicID(index: index)).map(TopicID.init(index:))
  }

  /// Everything known of one topic or branch.
  public func facts(of topic: TopicID) -> TopicFacts? {
    guard let index = tree.known(topic) else {
      return nil
    }
    let (node, tally) = (tree.nodes[index], tree.tallies[index])
    return TopicFacts(
      seen: tally.seen, kept: keptCount(of: tree.heads[index]), topicsBelow: Int(node.topicsBelow),
      messages: tally.messages,
      bytes: tally.bytes, ratePerSecond: Double(tree.rate(of: index, at: now)),
      meanPerSecond: tree.meanRate(of: index, at: now), retained: node.retained)
  }

  /// Topics and branches that begin with `prefix`, in the order of names, for completion while typing.
  ///
  /// They are completed to the end of a level; a branch that is no topic itself ends with a `/`.
  public func complete(_ prefix: [UInt8], limit: Int) -> [[UInt8]] {
    let levels = prefix.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let start = Array(levels.last ?? [])
    let branch = levels.count < 2 ? 0 : find(Array(prefix.dropLast(start.count + 1)))?.index
    guard limit > 0, let branch else {
      return []
    }
    return tree.children(of: branch, beginningWith: start, limit: limit).map { child in
      tree.path(of: child) + (tree.nodes[child].state.contains(.hasValue) ? [] : [UInt8(ascii: "/")])
    }
  }

  /// Messages of the topic that lead back from the shown one.
  private func keptCount(of head: Head) -> Int {
    guard head.dirty != 0 else {
      return Int(head.kept)
    }
    let entry = pending[head.dirty - 1]
    return entry.shown == 0 ? 0 : max(1, Int(head.kept) - Int(entry.count))
  }
}
