extension TopicStore {
  /// Rows of the visible tree.
  public var rowCount: Int { Int(tree.rowCount) }

  /// The rows in `range`, cut to those that are there.
  public func rows(in range: Range<Int>) -> [Row] {
    let range = range.clamped(to: 0..<rowCount)
    var rows: [Row] = []
    rows.reserveCapacity(range.count)
    var place = range.isEmpty ? nil : tree.place(atRow: range.lowerBound)
    while let here = place, rows.count < range.count {
      rows.append(row(here))
      place = rows.count < range.count ? tree.place(after: here) : nil
    }
    return rows
  }

  /// The row at `index`, or nil past the end.
  public func row(at index: Int) -> Row? {
    tree.place(atRow: index).map { row($0) }
  }

  /// Where `topic` is shown; if it is inside a closed branch or filtered out, where its nearest shown ancestor is.
  public func rowIndex(of topic: TopicID) -> Int? {
    guard let index = tree.known(topic) else {
      return nil
    }
    return tree.rowIndex(of: index)
  }

  /// The topic of the row at `index`, or nil past the end.
  public func topic(at index: Int) -> TopicID? {
    tree.place(atRow: index).map { TopicID(index: $0.index) }
  }

  private func row(_ place: TopicTree.Place) -> Row {
    let (node, tally) = (tree.nodes[place.index], tree.tallies[place.index])
    let position = shownPosition(of: place.index)
    let prefix = log.withPayload(at: position, limit: Self.prefixBytes) { $0.array }
    return Row(
      id: TopicID(index: place.index), depth: place.depth,
      name: tree.withName(of: place.index) { name in
        name.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
      },
      hasChildren: hasShownChildren(place.index), isOpen: tree.isShowingChildren(place.index),
      hasValue: position != 0, valuePrefix: prefix ?? [], valueSize: log.payloadSize(at: position) ?? 0,
      retained: node.retained, newestAt: log.record(at: position)?.time ?? time(of: tally.changed),
      topicsBelow: Int(node.topicsBelow), messages: tally.messages, bytes: tally.bytes,
      ratePerSecond: Double(tree.rate(of: place.index, at: now)), isMatch: tree.isMatch(place.index))
  }

  private static let prefixBytes = 240

  /// The search tree of the children sums what the filter lets through; a node outside of rows has none.
  private func hasShownChildren(_ index: UInt32) -> Bool {
    tree.rows(tree.nodes[index].children) > 0
  }

  /// The position of the message that is shown as the topic's newest, or 0.
  func shownPosition(of index: UInt32) -> UInt64 {
    let head = tree.heads[index]
    return head.dirty == 0 ? head.newest : pending[head.dirty - 1].shown
  }
}
