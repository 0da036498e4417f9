import MQTT
import MQTTClient
import Terminal

/// What is said about filters: why one was refused and what else to try, what a broker does not offer, what a filter
/// brings.
enum SubscriptionAdvice {
  /// Why the broker did not grant a filter, and what else to try.
  ///
  /// - Parameter firstLevel: a level that topics are known to begin with.
  static func sentence(refused filter: String, _ code: ReasonCode, reason: String?, firstLevel: String?) -> String {
    let words = reason.map { " It says: “\(TextWidth.clip($0, to: 200))”." } ?? ""
    let help = help(against: code, filter, firstLevel: firstLevel).map { " \($0)" } ?? ""
    return "The broker refused \(filter): \(code.rawValue) \(code.words(in: .suback)).\(words)\(help)"
  }

  /// What else to try after a refusal; nil if nothing is likelier than the rest.
  static func help(against code: ReasonCode, _ filter: String, firstLevel: String?) -> String? {
    switch code {
    case .wildcardSubscriptionsNotSupported: "Name a topic in full: s, then a."
    case .sharedSubscriptionsNotSupported: "Leave $share/name/ out: s, then a."
    case .subscriptionIdentifiersNotSupported: "Leave the identifier out: s, then a."
    case .quotaExceeded: "Remove another one first, or wait: s lists them."
    default: narrower(than: filter, firstLevel: firstLevel).map { "Try \($0): s, then a." }
    }
  }

  /// A filter that asks for less and is more likely to be allowed; nil for one that ends in no `#`.
  static func narrower(than filter: String, firstLevel: String?) -> String? {
    let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
    guard levels.last == "#" else { return nil }
    return levels.count > 1 ? (levels.dropLast() + ["+"]).joined(separator: "/") : "\(firstLevel ?? "home")/#"
  }

  /// Why a subscription cannot be asked for on this connection; nil if it can.
  static func problem(with subscription: Subscription, identifier: UInt32?, _ connection: ConnectionStatus) -> String? {
    let version = connection.version ?? .v5
    let filter: TopicFilter
    do { filter = try TopicFilter(subscription.filter, version: version) } catch { return error.description }
    let terms = connection.facts?.properties ?? []
    if filter.shareName != nil, subscription.noLocal {  // [MQTT-3.8.3-4]
      return "A shared subscription cannot leave out our own messages: turn No Local off."
    }
    if filter.shareName != nil, terms.sharedSubscriptionAvailable == false {
      return "This broker has no shared subscriptions: leave $share/name/ out."
    }
    if filter.isWildcard, terms.wildcardSubscriptionAvailable == false {
      return "This broker allows no wildcards: name a topic in full."
    }
    if identifier != nil, let problem = identifierProblem(connection) { return problem }
    return nil
  }

  /// Why messages cannot say by which subscription they came; nil if they can.
  static func identifierProblem(_ connection: ConnectionStatus) -> String? {
    if connection.version == .v3_1_1 { return "It needs MQTT 5." }
    return connection.facts?.properties.subscriptionIdentifierAvailable == false ? "This broker has none." : nil
  }

  /// Whether a filter brings a topic, or one of those below it.
  static func brings(_ filter: String, topic: [UInt8], version: ProtocolVersion) -> Bool {
    let slash = UInt8(ascii: "/")
    var levels = filter.utf8.split(separator: slash, omittingEmptySubsequences: false).map(Array.init)[...]
    if version == .v5, levels.first == Array("$share".utf8), levels.count > 2 { levels = levels.dropFirst(2) }
    let names = topic.split(separator: slash, omittingEmptySubsequences: false).map(Array.init)
    let isWild = levels.first == [UInt8(ascii: "#")] || levels.first == [UInt8(ascii: "+")]
    if topic.first == UInt8(ascii: "$"), isWild { return false }  // [MQTT-4.7.2-1]
    for (level, name) in zip(levels, names) {
      if level == [UInt8(ascii: "#")] { return true }
      guard level == [UInt8(ascii: "+")] || level == name else { return false }
    }
    // A longer filter is about what lies below the topic; `a/#` is about `a` too
    return levels.count >= names.count
  }
}
