/// What a subscription matches: a topic, perhaps with wildcards, perhaps shared.
///
/// Two filters are equal if their bytes are: `é` in one and in two scalars are two filters. [MQTT-4.7.3-4]
public struct TopicFilter: Hashable, Sendable {
  /// The UTF-8 of the whole filter, `$share/name/` included.
  public let bytes: [UInt8]
  /// Where the part that topics are compared with starts: behind `$share/name/`.
  private let start: Int

  /// A filter, if the text is one; in 3.1.1 `$share` has no meaning of its own.
  public init(_ text: String, version: ProtocolVersion = .v5) throws(TopicError) {
    let filter = Array(text.utf8)
    if let error = TopicFilter.problem(in: filter.span.bytes, version: version) { throw error }
    bytes = filter
    start = version == .v5 ? TopicFilter.shareSize(of: filter.span.bytes) ?? 0 : 0
  }

  /// The name of the share, if the subscription is shared.
  public var shareName: String? {
    start == 0 ? nil : String(decoding: bytes[TopicFilter.sharePrefix.utf8.count..<start - 1], as: UTF8.self)
  }

  /// Whether the filter can match more than one topic.
  public var isWildcard: Bool {
    bytes.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }
  }

  /// Whether a topic, given as UTF-8, is one that this filter asks for.
  public func matches(topic: RawSpan) -> Bool {
    let filter = bytes.span.bytes.extracting(droppingFirst: start)
    return TopicFilter.matches(filter, topic: topic)
  }

  /// Whether a topic is one that this filter asks for.
  public func matches(topic: String) -> Bool { matches(topic: topic.utf8.span.bytes) }

  private static func matches(_ filter: RawSpan, topic: RawSpan) -> Bool {
    var here = 0
    var there = 0
    if topic.byteCount > 0, topic.byte(at: 0) == dollar,
      filter.byte(at: 0) == plusSign || filter.byte(at: 0) == hashSign
    {
      return false  // [MQTT-4.7.2-1]
    }
    while here < filter.byteCount {
      let wanted = filter.byte(at: here)
      if wanted == hashSign { return true }
      if wanted == plusSign {
        while there < topic.byteCount, topic.byte(at: there) != separator { there += 1 }
      } else if there < topic.byteCount, topic.byte(at: there) == wanted {
        there += 1
      } else {
        // The parent of a level that `#` stands for matches too.
        return there == topic.byteCount && wanted == separator && here + 2 == filter.byteCount
          && filter.byte(at: here + 1) == hashSign
      }
      here += 1
    }
    return there == topic.byteCount
  }
}

extension TopicFilter {
  private static let sharePrefix = "$share/"

  /// What is wrong with bytes that are known to be UTF-8.
  static func problem(in filter: RawSpan, version: ProtocolVersion) -> TopicError? {
    guard !filter.isEmpty else { return .empty }  // [MQTT-4.7.3-1]
    guard filter.byteCount <= UInt16.max else { return .tooLong(size: filter.byteCount) }  // [MQTT-4.7.3-3]
    for offset in filter.byteOffsets {
      let byte = filter.byte(at: offset)
      if byte == 0 { return .nullCharacter }  // [MQTT-4.7.3-2]
      guard byte == plusSign || byte == hashSign else { continue }
      let isLast = offset + 1 == filter.byteCount
      let startsLevel = offset == 0 || filter.byte(at: offset - 1) == separator
      let endsLevel = isLast || byte == plusSign && filter.byte(at: offset + 1) == separator
      guard startsLevel && endsLevel else { return .misplacedWildcard }  // [MQTT-4.7.1-1] [MQTT-4.7.1-2]
    }
    if version == .v5, isShared(filter), shareSize(of: filter) == nil { return .badShare }
    return nil
  }

  /// Whether the filter claims to be shared: it starts with `$share/`.
  static func isShared(_ filter: RawSpan) -> Bool {
    let prefix = sharePrefix.utf8.span
    guard filter.byteCount >= prefix.count else { return false }
    for offset in prefix.indices where filter.byte(at: offset) != prefix[offset] { return false }
    return true
  }

  /// The size of `$share/name/`, or nil if that is not how the filter starts. [MQTT-4.8.2-1] [MQTT-4.8.2-2]
  private static func shareSize(of filter: RawSpan) -> Int? {
    guard isShared(filter) else { return nil }
    let nameStart = sharePrefix.utf8.count
    for offset in nameStart..<filter.byteCount {
      let byte = filter.byte(at: offset)
      if byte == plusSign || byte == hashSign { return nil }
      guard byte == separator else { continue }
      let hasName = offset > nameStart
      let hasFilter = offset + 1 < filter.byteCount
      return hasName && hasFilter ? offset + 1 : nil
    }
    return nil
  }
}

private let plusSign = UInt8(ascii: "+")
private let hashSign = UInt8(ascii: "#")
private let separator = UInt8(ascii: "/")
private let dollar = UInt8(ascii: "$")
