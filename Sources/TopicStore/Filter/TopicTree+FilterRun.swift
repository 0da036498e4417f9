extension TopicTree {
  /// Does some more of the evaluation of a filter; true when the rows show it.
  mutating func continueFiltering(budget: Int) -> Bool {
    var budget = budget
    while let run = filtering.run {
      guard budget > 0 else {
        return false
      }
      switch run.step {
      case .asking(let start): ask(from: start, run.matcher, &budget)
      case .telling(let end): tell(before: end, run.matcher, &budget)
      case .listing(let start): list(from: start, &budget)
      case .summing(let end): sum(before: end, run, &budget)
      }
    }
    return true
  }

  /// Before something changes that is being counted.
  mutating func finishCounting() {
    if filtering.isCounting {
      _ = continueFiltering(budget: .max)
    }
  }

  private mutating func ask(from start: UInt32, _ matcher: Matcher?, _ budget: inout Int) {
    guard let matcher else {
      filtering.run?.step = .listing(0)
      return
    }
    let end = start + min(linked - start, UInt32(clamping: budget))
    var matchCount = 0
    for index in start..<end {
      matchCount += ask(index, matcher, filtering.shift ^ 4)
    }
    filtering.run?.matchCount += matchCount
    filtering.run?.step = end == linked ? .telling(linked) : .asking(end)
    budget -= Int(end - start)
  }

  private mutating func tell(before end: UInt32, _ matcher: Matcher?, _ budget: inout Int) {
    let start = end - min(end - 1, UInt32(clamping: budget))
    for index in (start..<end).reversed() {
      tell(index, matcher, filtering.shift ^ 4)
    }
    filtering.run?.step = start == 1 ? .listing(0) : .telling(start)
    budget -= Int(end - start)
  }

  private mutating func list(from start: Int, _ budget: inout Int) {
    if start == 0 {
      filtering.list.reserveCapacity(Int(linked))
      filtering.sums = Array(repeating: 0, count: Int(linked))
      listIfAny(nodes[0].children)
    }
    var next = start
    while next < filtering.list.count, budget > 0 {
      let node = nodes[filtering.list[next]]
      listIfAny(node.left)
      listIfAny(node.right)
      listIfAny(node.children)
      next += 1
      budget -= 1
    }
    filtering.run?.step = next == filtering.list.count ? .summing(next) : .listing(next)
  }

  @inline(__always)
  private mutating func listIfAny(_ index: UInt32) {
    if index != 0 {
      filtering.list.append(index)
    }
  }

  private mutating func sum(before end: Int, _ run: Filtering.Run, _ budget: inout Int) {
    let start = end - min(end, budget)
    for place in (start..<end).reversed() {
      let index = filtering.list[place]
      let node = nodes[index]
      var rows = filtering.sums[Int(node.left)] + filtering.sums[Int(node.right)]
      if run.matcher == nil || has(.isVisible, index, filtering.shift ^ 4) {
        let leads = run.matcher != nil && has(.leadsToMatch, index, filtering.shift ^ 4)
        rows += 1 + (leads || node.state.contains(.isOpen) ? filtering.sums[Int(node.children)] : 0)
      }
      filtering.sums[Int(index)] = rows
    }
    budget -= end - start
    filtering.run?.step = .summing(start)
    if start == 0 {
      publish(run)
    }
  }

  private mutating func publish(_ run: Filtering.Run) {
    var unsorted: [UInt32] = []
    for index in 1..<linked {
      nodes[index].rows = filtering.sums[Int(index)]
      nodes[index].state.remove(.isFolded)
      if nodes[index].state.contains(.isUnsorted) {
        unsorted.append(index)
      }
    }
    filtering.publish(run)
    for index in unsorted where isShowingChildren(index) {
      sortChildren(of: index)
    }
  }
}
