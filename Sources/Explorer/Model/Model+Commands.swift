import Terminal

/// Help and palette above the panes, or above a screen that has keys of its own.
extension Model {
  mutating func showCommands() {
    layer = .commands(CommandList(on: layer.group), above: layer)
  }

  /// Whether keys are commands at the moment, and no text.
  var takesCommandKeys: Bool {
    switch layer {
    case .packets: !packetView.isEditing
    case .subscriptions: subscriptionsView.form == nil
    case .none, .facts: true
    case .commands, .form: false
    }
  }

  /// From one screen to another, as sentences that name its key promise wherever they are read; nil for other keys.
  mutating func changeScreen(_ key: Key) -> [Effect]? {
    guard layer.group != nil, takesCommandKeys, let action = keymap.action(for: key), let screen = action.screen,
      screen != layer
    else { return nil }
    return leaveScreen() + perform(action)
  }

  /// What the list of commands asks for happens where it was opened.
  mutating func finish(_ outcome: CommandList.Outcome, above below: Layer) -> [Effect] {
    switch outcome {
    case .none: return []
    case .close:
      layer = below
      return []
    case .press(let key):
      layer = below
      return handle(key)
    case .run(let action):
      layer = below
      guard below.group != nil, !action.keepsScreen else { return perform(action) }
      guard action.screen != below else { return [] }
      let effects = leaveScreen()
      return action == .quit ? effects : effects + perform(action)
    }
  }

  /// Back to the panes from a screen above them.
  private mutating func leaveScreen() -> [Effect] {
    if layer == .packets { return closePackets() }
    layer = .none
    return []
  }
}

extension Model.Layer {
  /// The keys of the screen; nil for the panes, and for what takes text.
  var group: Command.Group? {
    switch self {
    case .packets: .packets
    case .facts: .facts
    case .subscriptions: .subscriptions
    case .none, .commands, .form: nil
    }
  }

  /// What lies below help and palette.
  var screen: Self { if case .commands(_, let below) = self { below } else { self } }
}

extension Action {
  /// The screen that the action brings; nil for others.
  fileprivate var screen: Model.Layer? {
    switch self {
    case .packets: .packets
    case .facts: .facts
    case .subscriptions: .subscriptions
    default: nil
    }
  }

  /// Whether the screen above the panes stays.
  fileprivate var keepsScreen: Bool {
    switch self {
    case .nextBroker, .previousBroker, .theme, .reconnect, .redraw, .suspend, .quitNow, .tour, .endTour: true
    default: false
    }
  }
}
