extension TopicTree {
  /// Makes room in the counters of new nodes; they have no rows before `place`.
  mutating func linkAll() {
    linked = UInt32(nodes.count)
  }

  /// Gives the nodes from `first` on their places among their siblings.
  mutating func place(from first: UInt32) {
    var index = first
    while index < linked {
      let parent = nodes[index].parent
      var end = index + 1
      while end < linked, nodes[end].parent == parent {
        end += 1
      }
      if end - index >= 64, end - index >= nodes[parent].topicsBelow / 8, !mayWaitForOrder(parent) {
        placeRun(index..<end, below: parent)
      } else {
        for index in index..<end {
          link(index)
          filterLinked(index)
          refresh(index)
        }
      }
      index = end
    }
  }

  /// Many new siblings at once are sorted together with the old ones, at a tenth of the cost of placing each.
  private mutating func placeRun(_ run: Range<UInt32>, below parent: UInt32) {
    let before = childrenInOrder(of: parent)
    for index in run {
      filterLinked(index)
      nodes[index].rows = expectedRows(index)
    }
    rebuild(parent, from: sorted(before + run))
    nodes[parent].state.remove(.isUnsorted)
    if parent != 0 {
      refresh(parent)
    }
  }

  /// A topic has its first message, which `fold` has counted.
  mutating func noteValue(of index: UInt32) {
    finishCounting()
    nodes[index].state.insert(.hasValue)
    filterValued(index)
  }

  /// Adds what came for a topic since `start` to it and to all above it: here a message costs its depth.
  mutating func fold(_ entry: Pending, weight: Float, since start: UInt32) {
    tallies[entry.topic].seen += UInt64(entry.count)
    heads[entry.topic].dirty = 0
    nodes[entry.topic].state.setRetained(entry.retained, was: entry.wasRetained)
    let decay = decay
    let newTopics: UInt32 = entry.shown == 0 ? 1 : 0
    var index = entry.topic
    while true {
      nodes[index].topicsBelow += newTopics
      if tallies[index].messages == 0 {
        nodes[index].born = start
      }
      Self.fold(entry, into: &tallies[index], weight: weight, decay)
      if index == 0 {
        return
      }
      index = nodes[index].parent
    }
  }

  @inline(__always)
  private static func fold(_ entry: Pending, into tally: inout Tally, weight: Float, _ decay: Decay) {
    if entry.tick > tally.changed {
      tally.rate *= decay.factor(after: entry.tick - tally.changed)
      tally.changed = entry.tick
    }
    tally.rate += Float(entry.count) * weight
    tally.messages += UInt64(entry.count)
    tally.bytes += entry.bytes
  }

  /// Messages a second of a branch, smoothed, as of `now`.
  func rate(of index: UInt32, at now: UInt32) -> Float {
    let tally = tallies[index]
    let rate = tally.rate * decay.factor(after: now - min(now, tally.changed))
    return decay.corrected(rate, after: now - min(now, nodes[index].born))
  }

  /// Messages a second of a branch since its first one.
  func meanRate(of index: UInt32, at now: UInt32) -> Double {
    let born = nodes[index].born
    let ticks = now - min(now, born)
    return ticks == 0 ? 0 : Double(tallies[index].messages) * Decay.ticksPerSecond / Double(ticks)
  }
}
