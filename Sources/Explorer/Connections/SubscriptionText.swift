import MQTT

/// A subscription as one line: the filter, and behind it what is not as usual.
enum SubscriptionText {
  static func line(of subscription: Subscription) -> String {
    var words = [subscription.filter]
    if subscription.qos != .atMostOnce { words.append("q\(subscription.qos.rawValue)") }
    if subscription.noLocal { words.append("no-local") }
    if !subscription.retainAsPublished { words.append("as-live") }
    switch subscription.retainHandling {
    case .send: break
    case .sendIfNew: words.append("if-new")
    case .doNotSend: words.append("no-retained")
    }
    return words.joined(separator: " ")
  }

  /// The options are taken from the end; what is left is the filter, which may hold blanks.
  static func subscription(of line: String) -> Subscription {
    var subscription = Subscription(filter: "", retainAsPublished: true)
    var rest = line[...]
    while let blank = rest.lastIndex(of: " "), take(rest[rest.index(after: blank)...], into: &subscription) {
      rest = rest[..<blank]
      while rest.last == " " { rest.removeLast() }
    }
    subscription.filter = String(rest)
    return subscription
  }

  private static func take(_ word: Substring, into subscription: inout Subscription) -> Bool {
    switch word {
    case "q0": subscription.qos = .atMostOnce
    case "q1": subscription.qos = .atLeastOnce
    case "q2": subscription.qos = .exactlyOnce
    case "no-local": subscription.noLocal = true
    case "as-live": subscription.retainAsPublished = false
    case "if-new": subscription.retainHandling = .sendIfNew
    case "no-retained": subscription.retainHandling = .doNotSend
    default: return word.isEmpty
    }
    return true
  }
}
