extension TopicStore {
  /// The shown message of a topic: its newest as of the last settle.
  public func newest(of topic: TopicID) -> MessageID? {
    guard let index = tree.known(topic), case let position = shownPosition(of: index), position != 0 else {
      return nil
    }
    return MessageID(position: position)
  }

  /// What is known of a message, or nil if it was evicted.
  public func message(_ id: MessageID) -> MessageInfo? {
    guard let record = log.record(at: id.position), let size = log.payloadSize(at: id.position) else {
      return nil
    }
    return MessageInfo(
      id: id, topic: TopicID(index: record.topic), time: record.time, flags: record.flags, payloadSize: size,
      keptPayloadSize: Int(record.payloadCount), propertiesSize: Int(record.propertiesCount),
      isTruncated: record.marks.contains(.isCut))
  }

  /// The payload, or its first `limit` bytes, or nil if it was evicted.
  public func payload(of id: MessageID, limit: Int = .max) -> [UInt8]? {
    log.withPayload(at: id.position, limit: limit) { $0.array }
  }

  /// The packet's properties as they were appended, or nil if it was evicted.
  public func properties(of id: MessageID) -> [UInt8]? {
    log.withProperties(at: id.position) { $0.array }
  }

  /// Kept messages of one topic, newest first.
  public func history(of topic: TopicID, skip: Int = 0, limit: Int) -> [MessageID] {
    var position = newest(of: topic)?.position ?? 0
    for _ in 0..<skip where position != 0 {
      position = log.previous(of: position)
    }
    return position == 0 ? [] : history(from: MessageID(position: position), limit: limit)
  }

  /// A kept message and those of its topic before it, newest first; none if it was evicted.
  public func history(from id: MessageID, limit: Int) -> [MessageID] {
    guard message(id) != nil else {
      return []
    }
    var result: [MessageID] = []
    var position = id.position
    while position != 0, result.count < limit {
      result.append(MessageID(position: position))
      position = log.previous(of: position)
    }
    return result
  }
}
