/// Everything a key can do on the main screen; the raw value is the id under which a key is remapped.
enum Action: String, CaseIterable, Sendable {
  case up, down, left, right, open
  case pageUp = "page-up"
  case pageDown = "page-down"
  case halfPageUp = "half-page-up"
  case halfPageDown = "half-page-down"
  case first, last

  case openAll = "open-all"
  case closeAll = "close-all"
  case openBelow = "open-below"
  case closeBelow = "close-below"
  case sort

  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case clear

  case focusTopics = "focus-topics"
  case focusMessage = "focus-message"
  case focusHistory = "focus-history"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case zoom

  case view, wrap
  case pager
  case copyPayload = "copy-payload"
  case copyTopic = "copy-topic"

  case pause
  case publish
  case publishAgain = "publish-again"
  case reconnect
  case follow
  case theme
  case brokers
  case nextBroker = "next-broker"
  case previousBroker = "previous-broker"
  case packets = "protocol"
  case facts
  case subscriptions = "subscribe"
  case unsubscribe

  case tour
  case endTour = "end-tour"

  case help, palette, redraw, suspend, quit
  case quitNow = "quit-now"

  /// Whether the action writes to the broker, which `--read-only` forbids.
  var isWriting: Bool {
    self == .publish || self == .publishAgain
  }
}
