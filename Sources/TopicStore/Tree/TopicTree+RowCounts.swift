// `rows` of a node sums what is shown of it and of the siblings below it in their treap, so that the row at an index, and the
// index of a row, are found by descending and climbing. Invariant: rows(n) == shown(n) + rows(left) + rows(right),
// shown(n) = 0 if the filter hides n, else 1, and rows(children) more if n is open.

extension TopicTree {
  /// Rows of a node and what is open below it, without its siblings.
  @inline(__always)
  func shownRows(_ index: UInt32) -> UInt32 {
    let node = nodes[index]
    return node.rows - rows(node.left) - rows(node.right)
  }

  @inline(__always)
  func rows(_ index: UInt32) -> UInt32 {
    index == 0 ? 0 : nodes[index].rows
  }

  /// Rows of the whole tree.
  var rowCount: UInt32 { rows(nodes[0].children) }

  /// Brings `rows` of a node and all that count it up to date after it was opened, closed, hidden or shown.
  mutating func refresh(_ index: UInt32) {
    let change = Int64(expectedRows(index)) - Int64(shownRows(index))
    var node = index
    while change != 0 {
      var root = node
      while node != 0 {
        nodes[node].rows = UInt32(Int64(nodes[node].rows) + change)
        root = node
        node = nodes[node].up
      }
      node = nodes[root].parent
      if node == 0 || !isVisible(node) || !isShowingChildren(node) {
        return
      }
    }
  }

  /// What `shownRows` has to be.
  func expectedRows(_ index: UInt32) -> UInt32 {
    guard isVisible(index) else {
      return 0
    }
    return isShowingChildren(index) ? 1 + rows(nodes[index].children) : 1
  }
}
