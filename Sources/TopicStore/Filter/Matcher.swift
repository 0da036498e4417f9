/// A filter made ready to be asked of many topics.
struct Matcher {
  let filter: Filter
  /// What is looked for; if case does not matter there are only small letters in it.
  let needle: [UInt8]
  private let ignoresCase: Bool
  /// The needle can only be found across two levels.
  let crossesLevels: Bool

  init(_ filter: Filter) {
    self.filter = filter
    switch filter.pattern {
    case .substring(let text):
      ignoresCase = !text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
      needle = text
      crossesLevels = text.contains(UInt8(ascii: "/"))
    case .topicFilter(let text):
      (needle, ignoresCase, crossesLevels) = (text, false, false)
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
    let filter = needle.span.bytes
    var (here, there) = (0, 0)
    if topic.byteCount > 0, topic.byte(at: 0) == UInt8(ascii: "$"),
      isWildcard("+", filter, 0) || isWildcard("#", filter, 0)
    {
      return false  // [MQTT-4.7.2-1]
    }
    while true {
      if here + 1 == filter.byteCount, isWildcard("#", filter, here) {
        return true
      }
      let isAny = isWildcard("+", filter, here)
      let start = there
      while there < topic.byteCount, topic.byte(at: there) != UInt8(ascii: "/") {
        guard isAny || here < filter.byteCount && filter.byte(at: here) == topic.byte(at: there) else {
          return false
        }
        there += 1
        here += isAny ? 0 : 1
      }
      here += isAny ? 1 : 0
      guard there > start || isAny || isEnd(of: filter, here) else {
        return false
      }
      if there == topic.byteCount || here == filter.byteCount {
        let rest = filter.extracting(here..<filter.byteCount)
        return there == topic.byteCount && (rest.isEmpty || isEnd(of: filter, here) && isWildcard("#", rest, 1))
      }
      guard isEnd(of: filter, here) else {
        return false
      }
      (here, there) = (here + 1, there + 1)
    }
  }

  /// The level that begins at `offset` is this wildcard.
  @inline(__always)
  private func isWildcard(_ sign: Unicode.Scalar, _ filter: RawSpan, _ offset: Int) -> Bool {
    offset < filter.byteCount && filter.byte(at: offset) == UInt8(ascii: sign) && isEnd(of: filter, offset + 1)
  }

  @inline(__always)
  private func isEnd(of filter: RawSpan, _ offset: Int) -> Bool {
    offset == filter.byteCount || offset < filter.byteCount && filter.byte(at: offset) == UInt8(ascii: "/")
  }

  @inline(__always)
  private func fold(_ byte: UInt8) -> UInt8 {
    ignoresCase && byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
