extension TopicStore {
  /// Rows of the visible tree.
  public var rowCount: Int { 0 }

  /// The rows in `range`, cut to those that are there.
  public func rows(in range: Range<Int>) -> [Row] { [] }

  /// The row at `index`, or nil past the end.
  public func row(at index: Int) -> Row? { nil }

  /// Where `topic` is shown; if it is inside a closed branch or filtered out, where its nearest shown ancestor is.
  public func rowIndex(of topic: TopicID) -> Int? { nil }

  /// The topic of the row at `index`, or nil past the end.
  public func topic(at index: Int) -> TopicID? { nil }
}
