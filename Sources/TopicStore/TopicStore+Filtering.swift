extension TopicStore {
  /// The filter last set, even while it is still being evaluated.
  public var filter: Filter? {
    guard let run = tree.filtering.run else {
      return tree.filtering.shown?.filter
    }
    return run.matcher?.filter
  }

  /// Begins to evaluate a filter; rows stay as they are until `continueFiltering` is done.
  ///
  /// With a filter on, branches that lead to a match are open until the user closes them.
  public mutating func setFilter(_ filter: Filter?) {
    if filter != self.filter {
      tree.filtering.begin(filter)
    }
  }

  /// The rows do not show the filter yet.
  public var isFiltering: Bool { tree.filtering.run != nil }

  /// Looks at about `budget` more nodes; a frame has time for several slices, which take a millisecond or two each.
  ///
  /// - Returns: true when the rows show the filter.
  public mutating func continueFiltering(budget: Int = 20_000) -> Bool {
    tree.continueFiltering(budget: budget)
  }

  /// Topics that match the filter, or nil without one.
  public var matchCount: Int? {
    tree.filtering.shown == nil ? nil : tree.filtering.matchCount
  }

  /// The next (or previous) match in the order of rows, wherever it is, going round at the end; `reveal` it to see it.
  ///
  /// For a substring the levels whose own name completes it are the matches, otherwise the topics that pass.
  public func nextMatch(after topic: TopicID?, backwards: Bool = false) -> TopicID? {
    let start = topic.flatMap { tree.known($0) }
    let match = backwards ? tree.previousMatch(before: start) : tree.nextMatch(after: start)
    return match.map(TopicID.init(index:))
  }
}
