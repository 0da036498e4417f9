import Terminal
import TopicStore

/// Clicks choose, the wheel scrolls what it is over, and the line between topics and message can be dragged.
extension Model {
  mutating func handle(_ event: MouseEvent) -> [Effect] {
    let layout = layout
    let pane = layout.panes.first { $0.value.contains(event.point) }
    switch event.action {
    case .press(.left):
      if let divider = layout.divider, event.point.column == divider || event.point.column == divider - 1 {
        isDragging = true
      } else if let pane {
        click(pane.key, line: event.point.row - pane.value.inside.row)
      }
    case .drag(.left) where isDragging:
      share = min(0.8, max(0.15, Double(event.point.column) / Double(max(1, size.columns))))
    case .release: isDragging = false
    case .wheelUp: if let pane { turnWheel(over: pane.key, by: -3) }
    case .wheelDown: if let pane { turnWheel(over: pane.key, by: 3) }
    default: break
    }
    return []
  }

  private mutating func click(_ pane: Pane, line: Int) {
    focus = pane
    switch pane {
    case .topics:
      let before = tree.selected
      guard tree.choose(line: line) else { return }
      let row = tree.rows[line]
      if row.id == before, row.hasChildren { store.setOpen(!row.isOpen, row.id) }
    case .message: if showsStream { stream.choose(line: line - BranchHeader.rows) }
    case .history: history.choose(line: line)
    }
  }

  private mutating func turnWheel(over pane: Pane, by lines: Int) {
    switch pane {
    case .topics: tree.scroll(by: lines, in: store)
    case .message: if showsStream { stream.move(by: lines) } else { message.scroll(by: lines) }
    case .history: history.move(by: lines)
    }
  }
}
