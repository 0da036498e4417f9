/// From match to match, in the order of rows.
extension TopicTree {
  /// The next match after a node, or the first one, in the order of rows and whatever is open.
  func nextMatch(after index: UInt32?) -> UInt32? {
    guard filtering.matchCount > 0 else {
      return nil
    }
    var hasTurned = index == nil
    var node = index ?? 0
    while true {
      if has(.leadsToMatch, node, filtering.shift) || node == 0, rows(nodes[node].children) > 0 {
        node = firstShown(nodes[node].children)
      } else if let next = shownAfter(node) {
        node = next
      } else if hasTurned {
        return nil
      } else {
        (node, hasTurned) = (0, true)
        continue
      }
      if isMatch(node) {
        return node
      }
    }
  }

  /// The match before a node, or the last one.
  func previousMatch(before index: UInt32?) -> UInt32? {
    guard filtering.matchCount > 0 else {
      return nil
    }
    var hasTurned = index == nil
    var node = index ?? 0
    while true {
      if node == 0 {
        node = lastBelow(0)
      } else if let sibling = previousShown(node) {
        node = lastBelow(sibling)
      } else {
        node = nodes[node].parent
      }
      if node == 0 {
        guard !hasTurned else { return nil }
        hasTurned = true
      } else if isMatch(node) {
        return node
      }
    }
  }

  private func shownAfter(_ index: UInt32) -> UInt32? {
    var node = index
    while node != 0 {
      if let sibling = nextShown(node) {
        return sibling
      }
      node = nodes[node].parent
    }
    return nil
  }

  /// The last node of a branch in the order of rows, entering only what leads to a match.
  private func lastBelow(_ index: UInt32) -> UInt32 {
    var node = index
    while has(.leadsToMatch, node, filtering.shift) || node == 0, rows(nodes[node].children) > 0 {
      node = lastShown(nodes[node].children)
    }
    return node
  }

  private func lastShown(_ root: UInt32) -> UInt32 {
    var node = root
    while true {
      if rows(nodes[node].right) > 0 {
        node = nodes[node].right
      } else if shownRows(node) > 0 {
        return node
      } else {
        node = nodes[node].left
      }
    }
  }

  private func previousShown(_ index: UInt32) -> UInt32? {
    if rows(nodes[index].left) > 0 {
      return lastShown(nodes[index].left)
    }
    var node = index
    while nodes[node].up != 0 {
      let up = nodes[node].up
      if nodes[up].right == node {
        if shownRows(up) > 0 { return up }
        if rows(nodes[up].left) > 0 { return lastShown(nodes[up].left) }
      }
      node = up
    }
    return nil
  }
}
