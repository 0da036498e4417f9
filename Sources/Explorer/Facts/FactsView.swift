import Terminal

/// Where the person is among the facts.
struct FactsView: Equatable {
  private(set) var top = 0

  /// What a key asks of the model.
  enum Outcome: Equatable {
    case none, close, ping, reconnect, follow
  }

  /// - Parameters:
  ///   - height: Lines on the screen.
  ///   - count: Lines there are.
  mutating func handle(_ key: Key, height: Int, count: Int) -> Outcome {
    let last = max(0, count - height)
    switch key {
    case .escape, .character("q"), .character("i"): return .close
    case .character("p"): return .ping
    case .character("r"): return .reconnect
    case .character("f"): return .follow
    case .character("j"), .down: top += 1
    case .character("k"), .up: top -= 1
    case .pageDown, .control("d"), .character(" "): top += max(1, height - 1)
    case .pageUp, .control("u"): top -= max(1, height - 1)
    case .character("g"), .home: top = 0
    case .character("G"), .end: top = last
    case .mouse(let event) where event.action == .wheelDown: top += 3
    case .mouse(let event) where event.action == .wheelUp: top -= 3
    default: break
    }
    top = max(0, min(top, last))
    return .none
  }

  mutating func scrollToStart() { top = 0 }
}
