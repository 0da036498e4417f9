extension TopicTree {
  /// Children whose names begin with `start`, in the order of names.
  func children(of parent: UInt32, beginningWith start: [UInt8], limit: Int) -> [UInt32] {
    guard order == .name, !nodes[parent].state.contains(.isUnsorted) else {
      let fitting = childrenInOrder(of: parent).filter { begins($0, start) }
      return Array(fitting.sorted { namePrecedes($0, $1) }.prefix(limit))
    }
    var found: [UInt32] = []
    var child = first(of: parent, notBefore: start)
    while child != 0, found.count < limit, begins(child, start) {
      found.append(child)
      child = nextSibling(child)
    }
    return found
  }

  private func begins(_ index: UInt32, _ start: [UInt8]) -> Bool {
    withName(of: index) { name in
      name.byteCount >= start.count && name.extracting(first: start.count).isEqual(to: start.span.bytes)
    }
  }

  /// The first child, in the order of names, that is not before `start`, or 0.
  private func first(of parent: UInt32, notBefore start: [UInt8]) -> UInt32 {
    let key: UInt64 = parent == 0 && start.first == UInt8(ascii: "$") ? 1 : 0
    var (node, found): (UInt32, UInt32) = (nodes[parent].children, 0)
    while node != 0 {
      let nodeKey = sortKey(node)
      let isBefore = nodeKey == key ? withName(of: node) { $0.precedes(start.span.bytes) } : nodeKey < key
      if isBefore {
        node = nodes[node].right
      } else {
        (found, node) = (node, nodes[node].left)
      }
    }
    return found
  }
}
