import Terminal

/// A part of the main screen that takes the keys while it is focused.
enum Pane: Int, CaseIterable, Sendable {
  case topics = 1
  case message = 2
  case history = 3
}

/// Where everything goes, from the size of the screen alone.
struct Layout: Equatable {
  /// Smaller than this in either direction, a sentence takes the place of the panes.
  static let smallest = Size(columns: 20, rows: 6)
  /// From this width on the topics stand beside the message.
  static let besideColumns = 100
  /// From this width on the panes are stacked; below it there is one at a time.
  static let stackedColumns = 60

  let status: Rect
  let footer: Rect
  /// The panes on the screen, focused one included; empty on a screen too small for any.
  let panes: [Pane: Rect]
  /// The column between topics and message, which the mouse can drag; nil where they do not stand side by side.
  let divider: Int?

  /// - Parameters:
  ///   - share: The part of the width that the topics take when they stand beside the message.
  ///   - hasHistory: Whether the history has a pane of its own; a branch without a value shows a stream instead.
  init(size: Size, focus: Pane, isZoomed: Bool, share: Double, hasHistory: Bool) {
    let columns = size.columns
    status = Rect(column: 0, row: 0, columns: columns, rows: min(1, size.rows))
    footer = Rect(column: 0, row: max(0, size.rows - 1), columns: columns, rows: size.rows > 1 ? 1 : 0)
    guard columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else {
      panes = [:]
      divider = nil
      return
    }
    let body = Rect(column: 0, row: 1, columns: columns, rows: size.rows - 2)
    let visible = hasHistory ? focus : (focus == .history ? .message : focus)
    if isZoomed || columns < Self.stackedColumns {
      panes = [visible: body]
      divider = nil
    } else if columns < Self.besideColumns {
      panes = Self.stacked(in: body, hasHistory: hasHistory)
      divider = nil
    } else {
      let left = min(max(30, Int(Double(columns) * share)), columns - 40)
      panes = Self.beside(in: body, left: left, hasHistory: hasHistory)
      divider = left
    }
  }

  private static func beside(in body: Rect, left: Int, hasHistory: Bool) -> [Pane: Rect] {
    let right = body.columns - left
    var panes = [Pane.topics: Rect(column: 0, row: body.row, columns: left, rows: body.rows)]
    let history = hasHistory ? body.rows * 2 / 5 : 0
    panes[.message] = Rect(column: left, row: body.row, columns: right, rows: body.rows - history)
    if history > 0 {
      panes[.history] = Rect(column: left, row: body.row + body.rows - history, columns: right, rows: history)
    }
    return panes
  }

  private static func stacked(in body: Rect, hasHistory: Bool) -> [Pane: Rect] {
    let topics = body.rows * 9 / 20
    let history = hasHistory && body.rows - topics >= 9 ? (body.rows - topics) * 2 / 5 : 0
    var panes = [Pane.topics: Rect(column: 0, row: body.row, columns: body.columns, rows: topics)]
    panes[.message] = Rect(
      column: 0, row: body.row + topics, columns: body.columns, rows: body.rows - topics - history)
    if history > 0 {
      panes[.history] = Rect(
        column: 0, row: body.row + body.rows - history, columns: body.columns, rows: history)
    }
    return panes
  }
}
