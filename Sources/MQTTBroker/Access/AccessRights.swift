/// What one client may read and write.
///
/// The first list that says something about a topic decides, and in it a denial before all that is allowed.
struct AccessRights: Equatable, Sendable {
  struct Rule: Equatable, Sendable {
    let kind: AccessRules.Kind
    let filter: [UInt8]
  }

  private let lists: [[Rule]]

  init(lists: [[Rule]]) { self.lists = lists }

  /// Whether the client may publish to a topic, as a message or as its will.
  func mayWrite(_ topic: RawSpan) -> Bool { allow(.write, topic) }

  /// Whether messages of a topic are delivered to the client.
  func mayRead(_ topic: RawSpan) -> Bool { allow(.read, topic) }

  /// Whether a filter matches anything that the client may read; what else it matches is not delivered.
  func mayReadSome(of filter: RawSpan) -> Bool {
    guard filter.hasWildcard else { return mayRead(filter) }
    return lists.contains { Self.isFound(.read, in: $0, for: filter) }
  }

  private func allow(_ kind: AccessRules.Kind, _ topic: RawSpan) -> Bool {
    for rules in lists {
      if Self.isFound(.deny, in: rules, for: topic) { return false }
      if Self.isFound(kind, in: rules, for: topic) { return true }
    }
    return false
  }

  private static func isFound(_ kind: AccessRules.Kind, in rules: [Rule], for topic: RawSpan) -> Bool {
    rules.contains { $0.kind == kind && $0.filter.span.bytes.overlaps(topic) }
  }
}

extension RawSpan {
  /// Whether a topic filter has wildcards.
  fileprivate var hasWildcard: Bool {
    byteOffsets.contains { byte(at: $0) == UInt8(ascii: "+") || byte(at: $0) == UInt8(ascii: "#") }
  }

  /// Whether there is a topic that both of two filters match; a topic is a filter without wildcards.
  fileprivate func overlaps(_ other: RawSpan) -> Bool {
    var (here, there) = (0, 0)
    while true {
      let (hereEnd, thereEnd) = (levelEnd(from: here), other.levelEnd(from: there))
      let (one, two) = (extracting(here..<hereEnd), other.extracting(there..<thereEnd))
      // Wildcards at the first level match nothing that starts with $ [MQTT-4.7.2-1]
      let isHidden = here == 0 && (isReserved || other.isReserved)
      if !isHidden, one.isByte("#") || two.isByte("#") { return true }
      guard !isHidden && (one.isByte("+") || two.isByte("+")) || one.isEqual(to: two) else { return false }
      let (isLast, isOtherLast) = (hereEnd == byteCount, thereEnd == other.byteCount)
      if isLast || isOtherLast {
        // `a/#` matches `a` too
        return isLast && isOtherLast || isLast && other.endsInHash(from: thereEnd)
          || isOtherLast && endsInHash(from: hereEnd)
      }
      (here, there) = (hereEnd + 1, thereEnd + 1)
    }
  }

  /// Whether nothing but `/#` is left from an offset on.
  private func endsInHash(from offset: Int) -> Bool {
    byteCount == offset + 2 && byte(at: offset + 1) == UInt8(ascii: "#")
  }
}
