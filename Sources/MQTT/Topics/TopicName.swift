/// The rules for the topic of a message.
public enum TopicName {
  /// Accepts a topic that a message may be published to.
  public static func validate(_ topic: String) throws(TopicError) {
    if let error = problem(in: topic.utf8.span.bytes) { throw error }
  }

  /// What is wrong with bytes that are known to be UTF-8.
  static func problem(in topic: RawSpan) -> TopicError? {
    guard !topic.isEmpty else { return .empty }  // [MQTT-4.7.3-1]
    guard topic.byteCount <= UInt16.max else { return .tooLong(size: topic.byteCount) }  // [MQTT-4.7.3-3]
    var offset = 0
    while offset < topic.byteCount {
      if offset + 8 <= topic.byteCount, Text.isPlainTopic(topic.eightBytes(at: offset)) {
        offset += 8
        continue
      }
      switch topic.byte(at: offset) {
      case 0: return .nullCharacter  // [MQTT-4.7.3-2]
      case UInt8(ascii: "+"), UInt8(ascii: "#"): return .wildcardInName  // [MQTT-3.3.2-2]
      default: offset += 1
      }
    }
    return nil
  }
}
