extension TopicStore {
  /// The filter last set, even while it is still being evaluated.
  public var filter: Filter? { nil }

  /// Begins to evaluate a filter; rows stay as they are until `continueFiltering` is done.
  ///
  /// With a filter on, branches with matches below are open until the user closes them; closing and opening then does not
  /// change what is open without the filter.
  public mutating func setFilter(_ filter: Filter?) {}

  /// The rows do not show the filter yet.
  public var isFiltering: Bool { false }

  /// Looks at about `budget` more nodes.
  ///
  /// - Returns: true when the rows show the filter.
  public mutating func continueFiltering(budget: Int = 60_000) -> Bool { true }

  /// Topics that match the filter, or nil without one.
  public var matchCount: Int? { nil }

  /// The next (or previous) match in the order of rows, wherever it is, going round at the end; `reveal` it to see it.
  public func nextMatch(after topic: TopicID?, backwards: Bool = false) -> TopicID? { nil }
}
