// The children of a node are a treap: a search tree by `order` and a heap by a hash of the index, which keeps it flat without
// a field for balance. What `rows` sums in it is said in TopicTree+RowCounts.swift.

extension TopicTree {
  /// Puts a new node among its siblings: at its place in the order, or behind them where nobody looks.
  mutating func link(_ index: UInt32) {
    let parent = nodes[index].parent
    nodes[index].rows = 0
    guard nodes[parent].children != 0 else {
      nodes[parent].children = index
      return
    }
    if mayWaitForOrder(parent) {
      nodes[parent].state.insert(.isUnsorted)
      attach(index, inOrder: false)
    } else {
      if nodes[parent].state.contains(.isUnsorted) {
        sortChildren(of: parent)
      }
      attach(index, inOrder: true)
    }
  }

  /// Whether the children of a node need no order before they are shown: few enough to be sorted then without being felt.
  func mayWaitForOrder(_ parent: UInt32) -> Bool {
    nodes[parent].topicsBelow < 4_096 && !isShowingChildren(parent)
  }

  private mutating func attach(_ index: UInt32, inOrder: Bool) {
    var at = nodes[nodes[index].parent].children
    while true {
      let goesLeft = inOrder && precedes(index, at)
      let below = goesLeft ? nodes[at].left : nodes[at].right
      if below == 0 {
        if goesLeft {
          nodes[at].left = index
        } else {
          nodes[at].right = index
        }
        nodes[index].up = at
        break
      }
      at = below
    }
    while nodes[index].up != 0, Self.priority(index) > Self.priority(nodes[index].up) {
      rotateUp(index)
    }
  }

  /// The children of a node in order.
  func childrenInOrder(of parent: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    var node = first(nodes[parent].children)
    while node != 0 {
      result.append(node)
      node = nextSibling(node)
    }
    return result
  }

  /// Makes the treap of a node's children anew, in the order given.
  mutating func rebuild(_ parent: UInt32, from order: [UInt32]) {
    var spine: [UInt32] = []
    let shown = order.map { shownRows($0) }
    for (index, rows) in zip(order, shown) {
      (nodes[index].left, nodes[index].right, nodes[index].up) = (0, 0, 0)
      nodes[index].rows = rows
    }
    for index in order {
      var last: UInt32 = 0
      while let top = spine.last, Self.priority(top) < Self.priority(index) {
        last = top
        spine.removeLast()
      }
      nodes[index].left = last
      if last != 0 {
        nodes[last].up = index
      }
      if let top = spine.last {
        nodes[top].right = index
        nodes[index].up = top
      }
      spine.append(index)
    }
    nodes[parent].children = spine.first ?? 0
    sumUp(spine.first ?? 0)
  }

  private mutating func sumUp(_ root: UInt32) {
    var list = root == 0 ? [] : [root]
    var next = 0
    while next < list.count {
      let node = nodes[list[next]]
      if node.left != 0 { list.append(node.left) }
      if node.right != 0 { list.append(node.right) }
      next += 1
    }
    for index in list.reversed() {
      let node = nodes[index]
      nodes[index].rows = node.rows + rows(node.left) + rows(node.right)
    }
  }

  func first(_ root: UInt32) -> UInt32 {
    var node = root
    while node != 0, nodes[node].left != 0 {
      node = nodes[node].left
    }
    return node
  }

  /// The sibling after this one, or 0.
  func nextSibling(_ index: UInt32) -> UInt32 {
    if nodes[index].right != 0 {
      return first(nodes[index].right)
    }
    var node = index
    while nodes[node].up != 0 {
      let up = nodes[node].up
      if nodes[up].left == node {
        return up
      }
      node = up
    }
    return 0
  }

  private mutating func rotateUp(_ index: UInt32) {
    let (down, parent) = (nodes[index].up, nodes[index].parent)
    let top = nodes[down].up
    let sum = nodes[down].rows
    let shown = shownRows(down)
    let middle: UInt32
    if nodes[down].left == index {
      middle = nodes[index].right
      nodes[down].left = middle
      nodes[index].right = down
    } else {
      middle = nodes[index].left
      nodes[down].right = middle
      nodes[index].left = down
    }
    if middle != 0 {
      nodes[middle].up = down
    }
    nodes[down].up = index
    nodes[index].up = top
    nodes[down].rows = shown + rows(nodes[down].left) + rows(nodes[down].right)
    nodes[index].rows = sum
    if top == 0 {
      nodes[parent].children = index
    } else if nodes[top].left == down {
      nodes[top].left = index
    } else {
      nodes[top].right = index
    }
  }

  /// The heap's order: any fixed one that has nothing to do with the order of names. No two nodes have the same.
  @inline(__always)
  private static func priority(_ index: UInt32) -> UInt32 {
    var bits = index &* 0x9e37_79b1
    bits ^= bits >> 15
    bits = bits &* 0x85eb_ca6b
    bits ^= bits >> 13
    return bits
  }
}
