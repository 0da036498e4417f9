/// Everything known of one topic or branch, as of the last settle.
public struct TopicFacts: Equatable, Sendable {
  /// Messages of the topic itself that were seen.
  public let seen: UInt64
  /// Messages of the topic itself that are kept.
  public let kept: Int
  /// Topics with a value at or below.
  public let topicsBelow: Int
  /// Messages at or below.
  public let messages: UInt64
  /// Bytes of topic, properties and payload at or below.
  public let bytes: UInt64
  /// Messages a second at or below, smoothed over a few seconds.
  public let ratePerSecond: Double
  /// Messages a second at or below since the first one.
  public let meanPerSecond: Double
  /// The badge.
  public let retained: RetainedState
}
