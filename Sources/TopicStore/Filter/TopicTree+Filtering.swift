extension TopicTree {
  /// The node itself passes the filter or leads to one that does.
  @inline(__always)
  func isVisible(_ index: UInt32) -> Bool {
    filtering.shown == nil || has(.isVisible, index, filtering.shift)
  }

  /// The levels below the node have rows, if the node has one.
  @inline(__always)
  func isShowingChildren(_ index: UInt32) -> Bool {
    let state = nodes[index].state
    guard filtering.shown != nil, index != 0 else {
      return state.contains(.isOpen)
    }
    return !state.contains(.isFolded) && (state.contains(.isOpen) || has(.leadsToMatch, index, filtering.shift))
  }

  /// The node is one to stop at when stepping through matches.
  func isMatch(_ index: UInt32) -> Bool {
    guard let shown = filtering.shown else {
      return false
    }
    return isMatch(index, shown, filtering.shift)
  }

  /// A node was linked: asks it what the evaluations that have passed it would have.
  mutating func filterLinked(_ index: UInt32) {
    if let shown = filtering.shown {
      _ = ask(index, shown, filtering.shift)
    }
    if let shift = filtering.runShift(for: index), let matcher = filtering.run?.matcher {
      _ = ask(index, matcher, shift)
    }
  }

  /// A node had its first message.
  mutating func filterValued(_ index: UInt32) {
    if let shown = filtering.shown, passes(index, shown, filtering.shift) {
      filtering.matchCount += 1
      tellUp(index, shown, filtering.shift, isShown: true)
    }
    if let shift = filtering.runShift(for: index), let matcher = filtering.run?.matcher, passes(index, matcher, shift) {
      filtering.run?.matchCount += 1
      tellUp(index, matcher, shift, isShown: false)
    }
  }

  /// Marks what the matcher says of one node, and counts it if it is a topic that passes.
  mutating func ask(_ index: UInt32, _ matcher: Matcher, _ shift: UInt8) -> Int {
    var marks: Node.Marks = []
    if matcher.isSubstring {
      if isNamed(index, matcher) {
        marks = [.fits, .isNamed]
      } else if has(.fits, nodes[index].parent, shift), nodes[index].parent != 0 {
        marks = .fits
      }
    } else if withScratchPath(of: index, { matcher.matches(topic: $0) }) {
      marks = .fits
    }
    let passes = nodes[index].state.contains(.hasValue) && marks.contains(.fits) != matcher.filter.isInverted
    if passes {
      marks.insert(.isVisible)
    }
    let kept = nodes[index].marks.rawValue & ~(0x0f << shift)
    nodes[index].marks = Node.Marks(rawValue: kept | marks.rawValue << shift)
    return passes ? 1 : 0
  }

  mutating func tell(_ index: UInt32, _ matcher: Matcher?, _ shift: UInt8) {
    guard let matcher, nodes[index].parent != 0, has(.isVisible, index, shift) else {
      return
    }
    set(.isVisible, nodes[index].parent, shift)
    if has(.leadsToMatch, index, shift) || isMatch(index, matcher, shift) {
      set(.leadsToMatch, nodes[index].parent, shift)
    }
  }

  private mutating func tellUp(_ index: UInt32, _ matcher: Matcher, _ shift: UInt8, isShown: Bool) {
    var node = index
    var leads = false
    while node != 0 {
      if has(.isVisible, node, shift), !leads || has(.leadsToMatch, node, shift), node != index {
        return
      }
      set(.isVisible, node, shift)
      if leads {
        set(.leadsToMatch, node, shift)
        if isShown, nodes[node].state.contains(.isUnsorted), isShowingChildren(node) {
          sortChildren(of: node)
        }
      }
      leads = leads || isMatch(node, matcher, shift)
      if isShown {
        refresh(node)
      }
      node = nodes[node].parent
    }
  }

  private func isMatch(_ index: UInt32, _ matcher: Matcher, _ shift: UInt8) -> Bool {
    matcher.isSubstring && !matcher.filter.isInverted
      ? has(.isNamed, index, shift)
      : nodes[index].state.contains(.hasValue) && passes(index, matcher, shift)
  }

  private func passes(_ index: UInt32, _ matcher: Matcher, _ shift: UInt8) -> Bool {
    has(.fits, index, shift) != matcher.filter.isInverted
  }

  /// The needle ends inside the node's own name.
  private mutating func isNamed(_ index: UInt32, _ matcher: Matcher) -> Bool {
    guard matcher.crossesLevels, nodes[index].parent != 0 else {
      return withName(of: index) { matcher.isFound(in: $0) }
    }
    let start = Int(heads[index].pathLength) - Int(heads[index].nameLength) - matcher.needle.count
    return withScratchPath(of: index) { matcher.isFound(in: $0.extracting(max(0, start)..<$0.byteCount)) }
  }

  @inline(__always)
  func has(_ mark: Node.Marks, _ index: UInt32, _ shift: UInt8) -> Bool {
    nodes[index].marks.rawValue & mark.rawValue << shift != 0
  }

  @inline(__always)
  private mutating func set(_ mark: Node.Marks, _ index: UInt32, _ shift: UInt8) {
    nodes[index].marks.rawValue |= mark.rawValue << shift
  }
}
