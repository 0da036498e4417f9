import Terminal

/// The keys of the screen of facts, in the order of its footer.
enum FactsCommand: ScreenCommand {
  case leave
  case ping
  case reconnect
  case follow

  /// The first is the one to show.
  var keys: [Key] {
    switch self {
    case .leave: [.escape, .character("i"), .character("q")]
    case .ping: [.character("p")]
    case .reconnect: [.character("r")]
    case .follow: [.character("f")]
    }
  }

  var words: String {
    switch self {
    case .leave: "back"
    case .ping: "ping"
    case .reconnect: "connect again"
    case .follow: "other server"
    }
  }

  var summary: String {
    switch self {
    case .leave: "back to the topics"
    case .ping: "ask the broker whether it is there"
    case .reconnect: "connect again now"
    case .follow: "to the server that the broker names in its place"
    }
  }
}
