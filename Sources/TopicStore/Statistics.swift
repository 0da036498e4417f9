/// Facts about the whole store. Counts of messages are as of the last settle, memory and losses as of now.
public struct Statistics: Equatable, Sendable {
  /// Topics with at least one message.
  public var topics = 0
  /// Messages seen.
  public var messages: UInt64 = 0
  /// Bytes of topic, properties and payload of the messages seen.
  public var bytes: UInt64 = 0
  /// Messages a second, smoothed over a few seconds.
  public var messagesPerSecond = 0.0
  /// Bytes a second, smoothed over a few seconds.
  public var bytesPerSecond = 0.0
  /// Messages a second since the first one.
  public var meanMessagesPerSecond = 0.0
  /// Messages appended since the last settle.
  public var held: UInt64 = 0
  /// Messages that had to leave the log to stay within the budget.
  public var evicted: UInt64 = 0
  /// Messages of which only the first bytes are kept, because they or all newest messages together are too large.
  public var truncated: UInt64 = 0
  /// Messages not taken because their topic was new and the topics' share of the budget was used up.
  public var refused: UInt64 = 0
  /// Bytes of memory in use.
  public var memoryUsed = 0
  /// Bytes of memory allowed.
  public var memoryLimit = 0
}
