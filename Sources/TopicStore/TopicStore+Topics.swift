extension TopicStore {
  /// The level above, or nil for a first level.
  public func parent(of topic: TopicID) -> TopicID? { nil }

  /// The bytes of the whole topic.
  public func path(of topic: TopicID) -> [UInt8] { [] }

  /// The topic or branch of exactly this path.
  public func find(_ path: [UInt8]) -> TopicID? { nil }

  /// Everything known of one topic or branch.
  public func facts(of topic: TopicID) -> TopicFacts? { nil }

  /// Topics and branches that begin with `prefix`, by the byte order of their next level, for completion while typing.
  /// A branch is offered as far as its next level only.
  public func complete(_ prefix: [UInt8], limit: Int) -> [[UInt8]] { [] }
}
