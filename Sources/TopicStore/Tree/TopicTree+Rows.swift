extension TopicTree {
  /// A node that has a row, and how deep it is.
  struct Place {
    var index: UInt32
    var depth: Int
  }

  /// The node of a row, found by descending: O(depth × log siblings).
  func place(atRow row: Int) -> Place? {
    guard row >= 0, row < Int(rowCount) else {
      return nil
    }
    var place = Place(index: nodes[0].children, depth: 0)
    var rest = UInt32(row)
    while true {
      let node = nodes[place.index]
      let before = rows(node.left)
      if rest < before {
        place.index = node.left
        continue
      }
      rest -= before
      let shown = node.rows - before - rows(node.right)
      if rest >= shown {
        rest -= shown
        place.index = node.right
      } else if rest == 0 {
        return place
      } else {
        rest -= 1
        place = Place(index: node.children, depth: place.depth + 1)
      }
    }
  }

  /// The row after one; O(1) over all rows of a frame, but for the way back from deep branches.
  func place(after place: Place) -> Place? {
    let node = nodes[place.index]
    if isShowingChildren(place.index), rows(node.children) > 0 {
      return Place(index: firstShown(node.children), depth: place.depth + 1)
    }
    var at = place
    while at.index != 0 {
      if let sibling = nextShown(at.index) {
        return Place(index: sibling, depth: at.depth)
      }
      at = Place(index: nodes[at.index].parent, depth: at.depth - 1)
    }
    return nil
  }

  /// Where the row of a node is, or of its nearest ancestor that has one.
  func rowIndex(of index: UInt32) -> Int? {
    var shown = index
    var node = index
    while node != 0 {
      let parent = nodes[node].parent
      if !isVisible(node) || (parent != 0 && !isShowingChildren(parent)) {
        shown = parent
      }
      node = parent
    }
    guard shown != 0 else {
      return nil
    }
    var row = 0
    node = shown
    while node != 0 {
      row += Int(rows(nodes[node].left))
      while nodes[node].up != 0 {
        let up = nodes[node].up
        if nodes[up].right == node {
          row += Int(rows(nodes[up].left) + shownRows(up))
        }
        node = up
      }
      node = nodes[node].parent
      row += node == 0 ? 0 : 1
    }
    return row
  }

  /// The first of these siblings that has a row, of which there is one.
  func firstShown(_ root: UInt32) -> UInt32 {
    var node = root
    while true {
      if rows(nodes[node].left) > 0 {
        node = nodes[node].left
      } else if shownRows(node) > 0 {
        return node
      } else {
        node = nodes[node].right
      }
    }
  }

  /// The next sibling that has a row.
  func nextShown(_ index: UInt32) -> UInt32? {
    if rows(nodes[index].right) > 0 {
      return firstShown(nodes[index].right)
    }
    var node = index
    while nodes[node].up != 0 {
      let up = nodes[node].up
      if nodes[up].left == node {
        if shownRows(up) > 0 { return up }
        if rows(nodes[up].right) > 0 { return firstShown(nodes[up].right) }
      }
      node = up
    }
    return nil
  }
}
