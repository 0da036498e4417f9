import Terminal

/// The keys of the protocol view.
extension PacketView {
  /// What a key asks of the model.
  enum Outcome: Equatable {
    case none
    case close
    /// The filter is another one.
    case filtered
    case save
    case reconnect
  }

  mutating func handle(_ key: Key, in log: PacketLog) -> Outcome {
    if isEditing { return handlePrompt(key) }
    switch PacketCommand(key) {
    case .leave: return key == .escape ? back() : .close
    case .save: return .save
    case .reconnect: return .reconnect
    case .find: isEditing = true
    case .hold: toggleHold(in: log)
    case .open: if isOpen || !rows.isEmpty { toggleDetail() }
    case .close: if isOpen { toggleDetail() }
    case .oldest: choose(row: 0, in: log)
    case .follow: follow()
    case nil: scroll(by: key, in: log)
    }
    return .none
  }

  private mutating func scroll(by key: Key, in log: PacketLog) {
    switch key {
    case .pageDown where isOpen: scrollDetail(by: detailPage)
    case .pageUp where isOpen: scrollDetail(by: -detailPage)
    case .control("d") where isOpen: scrollDetail(by: max(1, detailPage / 2))
    case .control("u") where isOpen: scrollDetail(by: -max(1, detailPage / 2))
    default: move(by: distance(of: key), in: log)
    }
  }

  private func distance(of key: Key) -> Int {
    switch key {
    case .character("j"), .down: 1
    case .character("k"), .up: -1
    case .pageDown: page
    case .pageUp: -page
    case .control("d"): max(1, page / 2)
    case .control("u"): -max(1, page / 2)
    default: 0
    }
  }

  /// Esc takes back what is special about the view, the nearest first.
  private mutating func back() -> Outcome {
    if isOpen {
      toggleDetail()
    } else if !filter.isEmpty {
      filter.set("")
      return .filtered
    } else {
      return .close
    }
    return .none
  }

  private mutating func handlePrompt(_ key: Key) -> Outcome {
    switch key {
    case .enter: isEditing = false
    case .escape:
      isEditing = false
      filter.set("")
      return .filtered
    case .backspace where filter.isEmpty: isEditing = false
    default:
      let before = filter.revision
      _ = filter.handle(key, page: 1)
      return filter.revision == before ? .none : .filtered
    }
    return .none
  }

  mutating func handle(_ event: MouseEvent, list: Rect, in log: PacketLog) {
    switch event.action {
    case .press(.left):
      if list.contains(event.point) { choose(line: event.point.row - list.row, in: log) }
    case .wheelUp: turn(by: -3, isOnList: list.contains(event.point), in: log)
    case .wheelDown: turn(by: 3, isOnList: list.contains(event.point), in: log)
    default: break
    }
  }

  private mutating func turn(by lines: Int, isOnList: Bool, in log: PacketLog) {
    if isOpen, !isOnList { scrollDetail(by: lines) } else { move(by: lines, in: log) }
  }
}
