import MQTTClient
import Terminal

/// What each action of the key table does.
extension Model {
  mutating func perform(_ action: Action) -> [Effect] {
    if action.isWriting, isReadOnly {
      say(
        .warning,
        connection.isProfile
          ? "Nothing is published: this broker is for reading only, as its profile or --read-only says."
          : "Nothing is published: mqttscope was started with --read-only.")
      return []
    }
    tree.hold(in: store)
    switch action {
    case .up, .down, .left, .right, .open, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .first, .last: move(action)
    case .openAll, .closeAll, .openBelow, .closeBelow, .sort: arrange(action)
    case .clear where search == nil && connection.phase.isAwaitingPassword: return [.giveUpPassword]
    case .filter, .nextMatch, .previousMatch, .clear: find(action)
    case .focusTopics, .focusMessage, .focusHistory, .nextPane, .previousPane, .zoom: showPane(action)
    case .view: message.cycleView()
    case .wrap: message.toggleWrapping()
    case .pause: isPaused.toggle()
    case .help, .palette: showCommands()
    case .publish: openForm()
    case .publishAgain: publishAgain()
    case .copyPayload: return copyPayload()
    case .copyTopic: return copyTopic()
    case .pager: return page()
    case .reconnect: return [.perform(connection.reconnection)]
    case .follow: return follow()
    case .theme: return nextTheme()
    case .brokers: return [.showBrokers]
    case .nextBroker: return [.stepBroker(1)]
    case .previousBroker: return [.stepBroker(-1)]
    case .packets: return openPackets()
    case .facts: openFacts()
    case .subscriptions: openSubscriptions()
    case .unsubscribe: openUnsubscribing()
    case .tour: return [.skipTourStep]
    case .endTour: return [.endTour]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return back()
    case .quitNow: return [.quit]
    }
    return []
  }

  /// `q` leaves what is special about the screen before it leaves the program.
  private mutating func back() -> [Effect] {
    if isZoomed {
      isZoomed = false
    } else if search != nil {
      clearSearch()
    } else {
      return [.quit]
    }
    return []
  }

  private mutating func nextTheme() -> [Effect] {
    guard themes.count > 1 else {
      say(
        .information,
        "There is no other theme; themes are looked for in the folder mqttscope/themes of your configuration.")
      return []
    }
    let index = themes.firstIndex(of: themeName).map { ($0 + 1) % themes.count } ?? 0
    themeName = themes[index]
    say(.information, "Theme \(themeName)")
    return [.theme(themeName)]
  }

  private mutating func showPane(_ action: Action) {
    let panes: [Pane] = showsStream ? [.topics, .message] : Pane.allCases
    let index = panes.firstIndex(of: focus) ?? panes.count - 1
    switch action {
    case .focusTopics: focus = .topics
    case .focusMessage: focus = .message
    case .focusHistory: focus = panes.contains(.history) ? .history : .message
    case .nextPane: focus = panes[(index + 1) % panes.count]
    case .previousPane: focus = panes[(index + panes.count - 1) % panes.count]
    default: isZoomed.toggle()
    }
  }
}
