import Terminal

/// Where the person is among the facts.
struct FactsView: Equatable {
  private(set) var top = 0

  /// - Parameters:
  ///   - height: Lines on the screen.
  ///   - count: Lines there are.
  /// - Returns: What the model has to do.
  mutating func handle(_ key: Key, height: Int, count: Int) -> FactsCommand? {
    if let command = FactsCommand(key) { return command }
    let last = max(0, count - height)
    switch key {
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
    return nil
  }

  mutating func scrollToStart() { top = 0 }
}
