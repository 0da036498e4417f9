import Terminal

/// Which action a key stands for on the main screen.
struct Keymap: Sendable {
  private let actions: [Key: Action]

  init(_ commands: [Command] = Command.all) {
    var actions: [Key: Action] = [:]
    for command in commands {
      guard let action = command.action else { continue }
      for name in command.keys {
        guard let key = Key(name: name) else { preconditionFailure("\(name) in the key table is not a key") }
        precondition(actions.updateValue(action, forKey: key) == nil, "\(name) stands twice in the key table")
      }
    }
    self.actions = actions
  }

  func action(for key: Key) -> Action? { actions[key] }
}
