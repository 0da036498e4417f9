/// A filter made ready to be asked of many topics.
struct Matcher {
  let filter: Filter
  /// What a substring filter looks for, in small letters if case does not matter.
  let needle: [UInt8]
  private let ignoresCase: Bool
  /// The needle can only be found across two levels.
  let crossesLevels: Bool
  private let levels: [[UInt8]]

  init(_ filter: Filter) {
    self.filter = filter
    switch filter.pattern {
    case .substring(let text):
      ignoresCase = !text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      needle = text
      crossesLevels = text.contains(UInt8(ascii: "/"))
      levels = []
    case .topicFilter(let text):
      (needle, ignoresCase, crossesLevels) = ([], false, false)
      levels = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Array($0) }
    }
  }

  var isSubstring: Bool {
    if case .substring = filter.pattern { true } else { false }
  }

  /// Whether the needle is in the bytes.
  func isFound(in bytes: RawSpan) -> Bool {
    let last = bytes.byteCount - needle.count
    guard last >= 0, let first = needle.first else {
      return last >= 0
    }
    for start in 0...last where fold(bytes.byte(at: start)) == first {
      var offset = 1
      while offset < needle.count, fold(bytes.byte(at: start + offset)) == needle[offset] {
        offset += 1
      }
      if offset == needle.count {
        return true
      }
    }
    return false
  }

  /// Whether the MQTT filter matches a topic. [MQTT-4.7.1]
  func matches(topic: RawSpan) -> Bool {
    var start = 0
    let end = topic.byteCount
    for (index, level) in levels.enumerated() {
      let isLast = index == levels.count - 1
      let isWild = level.count == 1 && (level[0] == UInt8(ascii: "+") || level[0] == UInt8(ascii: "#"))
      if isWild, index == 0, end > 0, topic.byte(at: 0) == UInt8(ascii: "$") {
        return false  // [MQTT-4.7.2-1]
      }
      if isWild, isLast, level[0] == UInt8(ascii: "#") {
        return true
      }
      guard start <= end else {
        return false
      }
      var stop = start
      while stop < end, topic.byte(at: stop) != UInt8(ascii: "/") {
        stop += 1
      }
      if !(isWild && level[0] == UInt8(ascii: "+")),
        !topic.extracting(start..<stop).isEqual(to: level.span.bytes)
      {
        return false
      }
      start = stop + 1
    }
    return start > end
  }

  @inline(__always)
  private func fold(_ byte: UInt8) -> UInt8 {
    ignoresCase && byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
