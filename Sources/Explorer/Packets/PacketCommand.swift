import Terminal

/// The keys of the protocol view, in the order of its footer; the first that do not fit are left out there.
enum PacketCommand: ScreenCommand {
  case leave
  case open
  case find
  case hold
  case follow
  case save
  case oldest
  case reconnect
  case close

  /// The first is the one to show.
  var keys: [Key] {
    switch self {
    case .leave: [.escape, .character("L"), .character("q")]
    case .open: [.enter, .character("l"), .right]
    case .find: [.character("/")]
    case .hold: [.character(" ")]
    case .follow: [.character("G"), .end]
    case .save: [.character("w"), .control("s")]
    case .oldest: [.character("g"), .home]
    case .reconnect: [.character("r")]
    case .close: [.character("h"), .left]
    }
  }

  var words: String {
    switch self {
    case .leave: "back"
    case .open: "open"
    case .find: "find"
    case .hold: "hold"
    case .follow: "follow"
    case .save: "save"
    case .oldest: "oldest"
    case .reconnect: "connect again"
    case .close: "close"
    }
  }

  var summary: String {
    switch self {
    case .leave: "close what is open, or back to the topics"
    case .open: "the packet's fields and bytes, or close them"
    case .find: "only packets of a type, topic or identifier"
    case .hold: "hold what is shown, and go on"
    case .follow: "to the newest packet, and follow"
    case .save: "save the packets that are listed to a file"
    case .oldest: "to the oldest packet"
    case .reconnect: "connect again now"
    case .close: "close the packet"
    }
  }
}
