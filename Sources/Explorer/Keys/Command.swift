import Terminal

/// One line of the key table: an action, its keys, and its words. Help, palette, footer, README and
/// `mqttscope keys` are made from this table and from nothing else.
public struct Command: Equatable, Sendable {
  /// The heading under which help lists a command.
  public enum Group: String, CaseIterable, Sendable {
    case moving = "Moving"
    case topics = "Topics"
    case finding = "Finding"
    case panes = "Panes"
    case message = "Message"
    case broker = "Broker"
    case program = "Program"
    case packets = "In the protocol view"
    case facts = "On the screen of facts"
    case subscriptions = "On the screen of subscriptions"
    case form = "In the publish form"
    case connections = "On the connection screen"
    case profile = "In the form of a profile"
  }

  /// What it does on the main screen; nil for a key of another screen.
  let action: Action?
  /// The keys by name, the one to show first: `Ctrl+D`, `PgDn`, `j`.
  public let keys: [String]
  /// What the command does, in a few words.
  public let summary: String
  /// The heading it stands under.
  public let group: Group
  /// The word for the footer, where the command has a place in it.
  let hint: String?
  /// What else people may call it when they search.
  let otherWords: String

  private init(
    _ action: Action, _ keys: String, _ summary: String, _ group: Group, hint: String? = nil,
    also otherWords: String = ""
  ) {
    self.action = action
    self.keys = keys.split(separator: " ").map(String.init)
    self.summary = summary
    self.group = group
    self.hint = hint
    self.otherWords = otherWords
  }

  /// A key of another screen.
  private init(_ keys: [Key], _ summary: String, _ group: Group) {
    action = nil
    self.keys = keys.map(\.name)
    self.summary = summary
    self.group = group
    hint = nil
    otherWords = ""
  }

  /// The id of the action, for the configuration; empty for a key of another screen.
  public var id: String { action?.rawValue ?? "" }

  /// The commands that the footer names, the most useful first: a narrow screen shows only the first of them.
  static let footer = [
    Action.publish, .filter, .nextPane, .pause, .view, .zoom, .sort, .copyPayload, .help, .palette, .quit,
  ].compactMap { action in all.first { $0.action == action } }

  /// The whole table, in the order of help.
  public static let all: [Command] =
    [
      Command(.down, "j Down", "down", .moving),
      Command(.up, "k Up", "up", .moving),
      Command(.right, "l Right", "open the topic, or scroll right", .moving),
      Command(.left, "h Left", "close the topic, go to its parent, or scroll left", .moving),
      Command(.open, "Enter", "open or close the topic, or show the message", .moving),
      Command(.pageDown, "PgDn", "a page down", .moving),
      Command(.pageUp, "PgUp", "a page up", .moving),
      Command(.halfPageDown, "Ctrl+D", "half a page down", .moving),
      Command(.halfPageUp, "Ctrl+U", "half a page up", .moving),
      Command(.first, "g Home", "to the first", .moving),
      Command(.last, "G End", "to the last", .moving),

      Command(.openAll, "o", "open all topics", .topics),
      Command(.closeAll, "O", "close all topics", .topics),
      Command(.openBelow, "E", "open everything below", .topics),
      Command(.closeBelow, "C", "close everything below", .topics),
      Command(.sort, "S", "sort by name, count, rate, bytes, age", .topics, hint: "sort"),

      Command(.filter, "/", "show only topics that match", .finding, hint: "find"),
      Command(.nextMatch, "n", "to the next match", .finding),
      Command(.previousMatch, "N", "to the previous match", .finding),
      Command(.clear, "Esc", "clear the filter, go back", .finding),

      Command(.focusTopics, "1", "to the topics", .panes),
      Command(.focusMessage, "2", "to the message", .panes),
      Command(.focusHistory, "3", "to the history", .panes),
      Command(.nextPane, "Tab", "to the next pane", .panes, hint: "pane"),
      Command(.previousPane, "Shift+Tab", "to the previous pane", .panes),
      Command(.zoom, "z", "one pane fills the screen, and back", .panes, hint: "zoom"),

      Command(.view, "v", "view as tree, raw, hex, or by content", .message, hint: "view"),
      Command(.wrap, "w", "wrap long lines", .message),
      Command(.pager, "e", "read the payload in $PAGER", .message),
      Command(.copyPayload, "y", "copy the payload", .message, hint: "copy"),
      Command(.copyTopic, "Y", "copy the topic", .message),

      Command(.publish, "p", "publish a message here", .broker, hint: "publish"),
      Command(.publishAgain, "P", "publish this message again, edited or not", .broker),
      Command(.pause, "Space", "pause the screen (nothing is lost), resume", .broker, hint: "pause"),
      Command(.reconnect, "r", "connect again now", .broker),
      Command(.follow, "f", "to the server that the broker names in its place", .broker),
      Command(.subscriptions, "s", "subscriptions: add, change, remove", .broker, also: "filters"),
      Command(.unsubscribe, "u", "unsubscribe from what brings this topic", .broker),
      Command(.facts, "i", "session and broker facts, and what is wrong", .broker, also: "information status limits"),
      Command(
        .packets, "L", "the protocol: every packet as it passes", .broker, also: "packets log trace wire traffic"),
      Command(.brokers, "B", "brokers: connect, edit, close", .broker),
      Command(.nextBroker, "]", "to the next broker", .broker),
      Command(.previousBroker, "[", "to the previous broker", .broker),

      Command(.help, "? F1", "help", .program, hint: "help"),
      Command(.palette, ": Ctrl+P", "find and run any command", .program, hint: "commands"),
      Command(.tour, "F2", "the next step of the demo's tour", .program),
      Command(.endTour, "F3", "end the tour", .program),
      Command(.theme, "F", "the next theme", .program),
      Command(.redraw, "Ctrl+L", "draw the screen anew", .program),
      Command(.suspend, "Ctrl+Z", "to the shell; fg comes back", .program),
      Command(.quit, "q", "back, or quit", .program, hint: "quit"),
      Command(.quitNow, "Ctrl+C", "quit at once", .program),
    ] + FormCommand.allCases.map { Command($0.keys, $0.summary, .form) }
    + PacketCommand.allCases.map { Command($0.keys, $0.summary, .packets) }
    + FactsCommand.allCases.map { Command($0.keys, $0.summary, .facts) }
    + SubscriptionCommand.allCases.map { Command($0.keys, $0.summary, .subscriptions) }
    + ConnectionCommand.allCases.map { Command([$0.key], $0.summary, .connections) }
    + ProfileCommand.allCases.map { Command($0.keys, $0.summary, .profile) }
}
