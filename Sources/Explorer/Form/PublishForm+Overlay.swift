import Terminal

/// The layers above the fields.
extension PublishForm {
  /// True when the overlay has used the key.
  mutating func handleOverlay(_ key: Key) -> Bool {
    switch overlay {
    case .none: return false
    case .past(let list): return handlePast(key, list)
    case .completions(let list): return handleCompletions(key, list)
    }
  }

  private mutating func handlePast(_ key: Key, _ list: PastList) -> Bool {
    var list = list
    switch key {
    case .escape, .control("o"):
      overlay = .none
      return true
    case .enter:
      if let chosen = list.chosen {
        fill(from: chosen)
        focus = .payload
      }
      overlay = .none
      return true
    case .up: list.move(by: -1)
    case .down: list.move(by: 1)
    case .pageUp: list.move(by: -10)
    case .pageDown: list.move(by: 10)
    case .control("s"), .function(2): break  // nothing is sent that is covered by the list
    default: list.type(key)
    }
    overlay = .past(list)
    return true
  }

  private mutating func handleCompletions(_ key: Key, _ list: CompletionList) -> Bool {
    var list = list
    switch key {
    case .down: list.moveDown()
    case .up where list.choice != nil: list.moveUp()
    case .enter, .tab, .right:
      guard let chosen = list.chosen else { return false }
      self[.topic].set(chosen)
      overlay = .none
      return true
    case .escape:
      overlay = .none
      return true
    default:
      overlay = .none
      return false
    }
    overlay = .completions(list)
    return true
  }
}
