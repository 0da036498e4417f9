import MQTT

/// What users may read and write, by topic filter; what no rule allows is not allowed.
public struct AccessRules: Equatable, Sendable {
  /// What a rule allows.
  public enum Kind: Sendable {
    /// To subscribe.
    case read
    /// To publish.
    case write
  }

  private struct Rule: Equatable, Sendable {
    let kind: Kind
    let filter: [UInt8]
  }

  private var everybody: [Rule] = []
  private var users: [String: [Rule]] = [:]

  /// Rules that allow nothing.
  public init() {}

  /// Allows a user, or everybody, what a filter matches.
  public mutating func allow(_ kinds: [Kind], _ filter: String, as user: String?) throws(TopicError) {
    let bytes = try TopicFilter(filter).bytes
    let rules = kinds.map { Rule(kind: $0, filter: bytes) }
    if let user { users[user, default: []] += rules } else { everybody += rules }
  }

  /// Whether all that a filter matches is allowed; a topic is a filter without wildcards.
  func allow(_ kind: Kind, _ filter: RawSpan, as user: String?) -> Bool {
    let own = user.flatMap { users[$0] } ?? []
    for rule in everybody + own where rule.kind == kind {
      if Self.covers(rule.filter.span.bytes, filter, user) { return true }
    }
    return false
  }

  /// Whether one filter matches all that another one matches.
  private static func covers(_ wide: RawSpan, _ narrow: RawSpan, _ user: String?) -> Bool {
    var (here, there) = (0, 0)
    while true {
      let (hereEnd, thereEnd) = (wide.levelEnd(from: here), narrow.levelEnd(from: there))
      let (one, other) = (wide.extracting(here..<hereEnd), narrow.extracting(there..<thereEnd))
      let isHidden = there == 0 && narrow.isReserved  // [MQTT-4.7.2-1]
      if one.isByte("#") { return !isHidden }
      if one.isByte("+") {
        guard !isHidden, !other.isByte("#") else { return false }
      } else if one.isEqual(to: "%u".utf8.span.bytes), let user {
        guard other.isEqual(to: user.utf8.span.bytes) else { return false }
      } else {
        guard one.isEqual(to: other) else { return false }
      }
      let (isLast, isOtherLast) = (hereEnd == wide.byteCount, thereEnd == narrow.byteCount)
      if isOtherLast {
        // `a/#` matches `a` too
        return isLast || wide.byteCount == hereEnd + 2 && wide.byte(at: hereEnd + 1) == UInt8(ascii: "#")
      }
      guard !isLast else { return false }
      (here, there) = (hereEnd + 1, thereEnd + 1)
    }
  }
}
