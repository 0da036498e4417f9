/// What the tour teaches, in order. Each step fits into three lines of a screen of 80 columns.
enum TourStep: Int, CaseIterable {
  case tree, history, retained, filter, publish, exactlyOnce, packets, subscribe, will, session, takeOver, keys

  var title: String {
    switch self {
    case .tree: "topics are a tree"
    case .history: "every message is kept for a while"
    case .retained: "retained messages"
    case .filter: "filters and wildcards"
    case .publish: "publishing"
    case .exactlyOnce: "QoS 2, exactly once"
    case .packets: "what passes on the wire"
    case .subscribe: "subscriptions"
    case .will: "the will"
    case .session: "persistent sessions"
    case .takeOver: "taking over"
    case .keys: "on your own"
    }
  }

  var words: String {
    switch self {
    case .tree:
      "Levels of a topic are parted by slashes. j and k or the arrows move, Enter opens a level. Open home, then kitchen, "
        + "and go to climate: its newest message is shown."
    case .history:
      "Press 3 for the history and, once there are two, go down to the older message: it stays on the screen while new ones "
        + "arrive. g goes back to the newest, 1 back to the topics."
    case .retained:
      "◆ marks what the broker keeps for those who come later; · has only passed by. In home, find a motion: "
        + "whoever comes later never hears of it."
    case .filter:
      "Press / and type home/+/light, then Enter: + stands for any one level, # for all that follow. Esc shows all topics "
        + "again."
    case .publish:
      "Press p, and Shift+Tab until you are at Topic: make it home/kitchen/light/set, then Enter, ON or OFF, "
        + "and Ctrl+S sends it. The light obeys, on home/kitchen/light."
    case .exactlyOnce:
      "In the form again (p): back to Topic, demo/counter/add, Enter, 1, Ctrl+T until QoS is 2, Ctrl+S. Four packets see to "
        + "it that it is counted once, and only once."
    case .packets:
      "Esc leaves the form. L shows the packets: PUBLISH, PUBREC, PUBREL, PUBCOMP of one message hang together. Enter "
        + "opens one down to its bytes."
    case .subscribe:
      "Esc, then s: what we subscribe to, and at which QoS the broker granted it. a adds one: chat/#, Ctrl+T until QoS is "
        + "1, and Enter sends it."
    case .will:
      "Esc, and go to home/doorbell/availability. The doorbell dies now and then without goodbye; then the broker publishes "
        + "its will: offline. Wait for it."
    case .session:
      "Our session outlives the connection. Press r to connect again, and then i: further down, session present says yes, "
        + "so nothing had to be subscribed to again."
    case .takeOver:
      "Two devices call themselves duelist, and the broker lets in the newer one only. Watch duel/champion, and "
        + "duel/last-words: the wills of those put out."
    case .keys:
      "? lists every key and : finds any command. B connects to brokers of your own. The readme in demo has more to try. "
        + "Press ? to end the tour."
    }
  }

  var praise: String {
    switch self {
    case .tree: "That is its newest message."
    case .history: "It stays where it is, whatever comes."
    case .retained: "It is not kept, so only a live listener has it."
    case .filter: "The same filters are for subscriptions."
    case .publish: "It is on its way to the light, which answers on home/kitchen/light."
    case .exactlyOnce: "PUBCOMP: it has come, and only once. demo/counter adds it up."
    case .packets: "Every packet of the session is here."
    case .subscribe: "The broker granted it."
    case .will: "The broker spoke for a client that could not."
    case .session: "The broker had kept our session."
    case .takeOver: "Two clients of one name cannot both live."
    case .keys: "That was the tour. Enjoy!"
    }
  }
}
