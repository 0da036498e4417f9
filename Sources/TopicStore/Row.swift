/// One line of the visible tree.
public struct Row: Equatable, Sendable {
  /// Whose line it is.
  public let id: TopicID
  /// 0 for a first level.
  public let depth: Int
  /// The level's name, which may be empty (`a//b`). Bytes that are not UTF-8 show as U+FFFD; `path(of:)` has them all.
  public let name: String
  /// There are levels below.
  public let hasChildren: Bool
  /// The levels below are shown.
  public let isOpen: Bool
  /// The topic has had a message of its own.
  public let hasValue: Bool
  /// The first bytes of the newest payload, 240 at most.
  public let valuePrefix: [UInt8]
  /// Bytes of the newest payload as it was received.
  public let valueSize: Int
  /// The badge.
  public let retained: RetainedState
  /// When the newest message of the topic, or else of the branch, was received (ns since 1970).
  /// Exact with a value, within 10 ms for a branch. It is also what lights a row.
  public let newestAt: Int64
  /// Topics with a value at or below this level.
  public let topicsBelow: Int
  /// Messages seen at or below this level.
  public let messages: UInt64
  /// Bytes of topic, properties and payload seen at or below this level.
  public let bytes: UInt64
  /// Messages a second at or below this level, smoothed over a few seconds.
  public let ratePerSecond: Double
  /// The name itself is what the filter looks for.
  public let isMatch: Bool
}
