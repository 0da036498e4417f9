import Terminal
import TopicStore

/// The motions, in whatever pane has the keys.
extension Model {
  mutating func move(_ action: Action) {
    switch focus {
    case .topics: moveInTopics(action)
    case .message: if showsStream { moveInStream(action) } else { moveInMessage(action) }
    case .history: if showsStream { moveInStream(action) } else { moveInHistory(action) }
    }
  }

  private mutating func moveInTopics(_ action: Action) {
    switch action {
    case .left: closeOrLeave()
    case .right: openOrEnter()
    case .open: toggle()
    default: tree.move(by: distance(of: action, page: tree.page, all: tree.count), in: store)
    }
  }

  private mutating func moveInStream(_ action: Action) {
    switch action {
    case .left: focus = .topics
    case .right: break
    case .open:
      guard let message = stream.selected else { return }
      go(to: message.topic)
    case .first: stream.follow()
    default: stream.move(by: distance(of: action, page: stream.page, all: stream.entries.count))
    }
  }

  private mutating func moveInMessage(_ action: Action) {
    let page = max(1, message.lines.count - 1)
    switch action {
    case .left: message.scroll(across: -8)
    case .right: message.scroll(across: 8)
    case .open: break
    case .first: message.scrollToStart()
    case .last: message.scrollToEnd()
    default: message.scroll(by: distance(of: action, page: page, all: 0))
    }
  }

  private mutating func moveInHistory(_ action: Action) {
    switch action {
    case .left: focus = .topics
    case .right, .open: focus = .message
    case .first: history.follow()
    case .last: history.moveToOldest()
    default: history.move(by: distance(of: action, page: history.page, all: history.kept))
    }
  }

  private func distance(of action: Action, page: Int, all: Int) -> Int {
    switch action {
    case .up: -1
    case .down: 1
    case .pageUp: -page
    case .pageDown: page
    case .halfPageUp: -max(1, page / 2)
    case .halfPageDown: max(1, page / 2)
    case .first: -all
    case .last: all
    default: 0
    }
  }

  private mutating func toggle() {
    guard let selected = tree.selected, let row = store.row(at: tree.selectedRow) else { return }
    if row.hasChildren {
      store.setOpen(!row.isOpen, selected)
    } else {
      focus = .message
    }
  }

  private mutating func openOrEnter() {
    guard let selected = tree.selected, let row = store.row(at: tree.selectedRow), row.hasChildren else { return }
    if row.isOpen {
      tree.move(by: 1, in: store)
    } else {
      store.setOpen(true, selected)
    }
  }

  private mutating func closeOrLeave() {
    guard let selected = tree.selected, let row = store.row(at: tree.selectedRow) else { return }
    if row.isOpen, row.hasChildren {
      store.setOpen(false, selected)
    } else if let parent = store.parent(of: selected), let index = store.rowIndex(of: parent) {
      tree.move(by: index - tree.selectedRow, in: store)
    }
  }
}
