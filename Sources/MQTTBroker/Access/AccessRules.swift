import MQTT

/// What clients may read and write, by topic filter, as mosquitto's `acl_file` has it; what no rule allows is not allowed.
///
/// Rules of a user are for clients of that name alone, and those of nobody for clients without a name. Patterns are for
/// all: `%u` in them is the user name of the client at hand, `%c` its client identifier.
public struct AccessRules: Equatable, Sendable {
  /// What a rule is about.
  public enum Kind: Sendable {
    /// Messages are delivered.
    case read
    /// Messages are taken.
    case write
    /// Neither, whatever other rules for the same clients say.
    case deny
  }

  /// For whom a rule is.
  public enum Holder: Hashable, Sendable {
    /// Clients without a user name.
    case nobody
    /// Clients of this user name.
    case user(String)
    /// All clients, with `%u` and `%c` filled in.
    case pattern
  }

  private var rules: [Holder: [AccessRights.Rule]] = [:]

  /// Rules that allow nothing.
  public init() {}

  /// Adds a rule for what a filter matches.
  public mutating func add(_ kinds: [Kind], _ filter: String, for holder: Holder) throws(TopicError) {
    let filter = try TopicFilter(filter).bytes
    rules[holder, default: []] += kinds.map { AccessRights.Rule(kind: $0, filter: filter) }
  }

  /// What they mean for one client; an empty name is none.
  func rights(of username: String?, clientID: [UInt8]) -> AccessRights {
    let username = username == "" ? nil : username
    let own = rules[username.map(Holder.user) ?? .nobody] ?? []
    let patterns = (rules[.pattern] ?? []).compactMap { $0.filled(username: username, clientID: clientID) }
    return AccessRights(lists: [own, patterns])
  }
}

extension AccessRights.Rule {
  /// The rule with the client's names in it; nil if it asks for one that there is not, or that would be more than a name.
  fileprivate func filled(username: String?, clientID: [UInt8]) -> Self? {
    var filled: [UInt8] = []
    var rest = filter[...]
    while let sign = rest.firstIndex(of: UInt8(ascii: "%")), sign + 1 < rest.endIndex {
      filled += rest[..<sign]
      switch rest[sign + 1] {
      case UInt8(ascii: "u"):
        guard let username, Self.isName(username.utf8) else { return nil }
        filled += username.utf8
      case UInt8(ascii: "c"):
        guard Self.isName(clientID) else { return nil }
        filled += clientID
      case let other: filled += [UInt8(ascii: "%"), other]
      }
      rest = rest[(sign + 2)...]
    }
    return Self(kind: kind, filter: filled + rest)
  }

  /// Whether a name stays within one level, and is no wildcard.
  private static func isName(_ name: some Sequence<UInt8>) -> Bool {
    !name.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "#") }
  }
}
