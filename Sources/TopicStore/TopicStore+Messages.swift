extension TopicStore {
  /// The shown message of a topic: its newest as of the last settle.
  public func newest(of topic: TopicID) -> MessageID? { nil }

  /// What is known of a message, or nil if it was evicted.
  public func message(_ id: MessageID) -> MessageInfo? { nil }

  /// The payload, or its first `limit` bytes, or nil if it was evicted.
  public func payload(of id: MessageID, limit: Int = .max) -> [UInt8]? { nil }

  /// The packet's properties as they were appended, or nil if it was evicted.
  public func properties(of id: MessageID) -> [UInt8]? { nil }

  /// Kept messages of one topic, newest first.
  public func history(of topic: TopicID, skip: Int = 0, limit: Int) -> [MessageID] { [] }

  /// Kept messages of a topic and all below it, newest first; nil is the whole tree.
  ///
  /// - Parameter before: only messages older than this one, to turn pages.
  public func stream(below topic: TopicID?, before: MessageID? = nil, limit: Int) -> [MessageID] { [] }
}
