extension TopicTree {
  /// Shows or hides what is below a node. Closing while a filter is on lasts as long as the filter.
  mutating func setOpen(_ isOpen: Bool, _ index: UInt32) {
    finishCounting()
    Self.change(&nodes[index].state, isOpen, isFiltered: filtering.shown != nil)
    if isShowingChildren(index), nodes[index].state.contains(.isUnsorted) {
      sortChildren(of: index)
    }
    refresh(index)
  }

  mutating func setOpenBelow(_ isOpen: Bool, _ index: UInt32) {
    finishCounting()
    let isFiltered = filtering.shown != nil
    recount(below: index) { Self.change(&$0, isOpen, isFiltered: isFiltered) }
    if index != 0 {
      setOpen(isOpen, index)
    }
  }

  /// Opens all ancestors of a node.
  mutating func reveal(_ index: UInt32) {
    var ancestors: [UInt32] = []
    var node = nodes[index].parent
    while node != 0 {
      ancestors.append(node)
      node = nodes[node].parent
    }
    for ancestor in ancestors where !isShowingChildren(ancestor) {
      setOpen(true, ancestor)
    }
  }

  /// Changes the state of all nodes below one and makes their `rows` anew.
  mutating func recount(below top: UInt32, _ body: (inout Node.State) -> Void) {
    var list: [UInt32] = []
    list.reserveCapacity(top == 0 ? Int(linked) : 0)
    if nodes[top].children != 0 {
      list.append(nodes[top].children)
    }
    var next = 0
    while next < list.count {
      let index = list[next]
      next += 1
      body(&nodes[index].state)
      if nodes[index].state.contains(.isUnsorted), isShowingChildren(index) {
        sortChildren(of: index)
      }
      let node = nodes[index]
      if node.left != 0 { list.append(node.left) }
      if node.right != 0 { list.append(node.right) }
      if node.children != 0 { list.append(node.children) }
    }
    for index in list.reversed() {
      nodes[index].rows = expectedRows(index) + rows(nodes[index].left) + rows(nodes[index].right)
    }
  }

  private static func change(_ state: inout Node.State, _ isOpen: Bool, isFiltered: Bool) {
    if isOpen {
      state.insert(.isOpen)
      state.remove(.isFolded)
    } else if isFiltered {
      state.insert(.isFolded)
    } else {
      state.remove(.isOpen)
    }
  }
}
