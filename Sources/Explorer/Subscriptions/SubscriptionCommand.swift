import Terminal

/// The keys of the list of subscriptions, in the order of its footer.
enum SubscriptionCommand: ScreenCommand {
  case leave
  case add
  case change
  case remove
  case reconnect

  /// The first is the one to show.
  var keys: [Key] {
    switch self {
    case .leave: [.escape, .character("s"), .character("q")]
    case .add: [.character("a")]
    case .change: [.character("e"), .enter]
    case .remove: [.character("d"), .character("u"), .delete]
    case .reconnect: [.character("r")]
    }
  }

  var words: String {
    switch self {
    case .leave: "back"
    case .add: "add"
    case .change: "change"
    case .remove: "unsubscribe"
    case .reconnect: "connect again"
    }
  }

  var summary: String {
    switch self {
    case .leave: "back to the topics"
    case .add: "subscribe to another filter"
    case .change: "subscribe anew with another QoS or other options"
    case .remove: "unsubscribe"
    case .reconnect: "connect again now"
    }
  }
}
