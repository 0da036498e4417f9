/// What the tree shows: topics that match, with their ancestors.
public struct Filter: Equatable, Sendable {
  /// What is looked for in a topic.
  public enum Pattern: Equatable, Sendable {
    /// The topic contains these bytes. Without a capital in them, ASCII letters match in either case.
    case substring([UInt8])
    /// The topic matches an MQTT topic filter.
    case topicFilter([UInt8])
  }

  /// What is looked for.
  public let pattern: Pattern
  /// Show what does not match instead.
  public let isInverted: Bool

  /// Makes a filter.
  public init(_ pattern: Pattern, isInverted: Bool = false) {
    self.pattern = pattern
    self.isInverted = isInverted
  }

  /// Reads what a user types: `!` in front inverts, a level of `+` or `#` makes an MQTT filter, all else is a substring.
  ///
  /// Nothing to look for is nil.
  public init?(typed text: String) {
    var bytes = ArraySlice(text.utf8)
    let isInverted = bytes.first == UInt8(ascii: "!")
    if isInverted {
      bytes.removeFirst()
    }
    guard !bytes.isEmpty else {
      return nil
    }
    let levels = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let hasWildcard = levels.contains { $0.elementsEqual("+".utf8) } || levels.last?.elementsEqual("#".utf8) == true
    self.init(hasWildcard ? .topicFilter(Array(bytes)) : .substring(Array(bytes)), isInverted: isInverted)
  }
}
