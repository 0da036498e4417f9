import Terminal

/// Where everything goes, from the size of the screen alone.
struct Layout: Equatable {
  /// Smaller than this in either direction, a sentence takes the place of the panes.
  static let smallest = Size(columns: 20, rows: 6)
  /// From this width on the topics stand beside the message.
  static let besideColumns = 100
  /// From this width and height on the panes are stacked; below it there is one at a time.
  static let stackedColumns = 60
  static let stackedRows = 10
  /// From so many rows on the history stands below the message; with less it takes the message's place when focused.
  static let historyRows = 9

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
    let isBeside = columns >= Self.besideColumns
    if isZoomed || columns < Self.stackedColumns || (!isBeside && size.rows < Self.stackedRows) {
      panes = [visible: body]
      divider = nil
    } else if isBeside {
      let left = min(max(30, Int(Double(columns) * share)), columns - 40)
      let (topics, rest) = body.split(columns: left)
      panes = Self.panes(topics, rest, visible, hasHistory)
      divider = left
    } else {
      let (topics, rest) = body.split(rows: body.rows * 9 / 20)
      panes = Self.panes(topics, rest, visible, hasHistory)
      divider = nil
    }
  }

  private static func panes(_ topics: Rect, _ rest: Rect, _ visible: Pane, _ hasHistory: Bool) -> [Pane: Rect] {
    guard hasHistory else { return [.topics: topics, .message: rest] }
    guard rest.rows >= historyRows else { return [.topics: topics, visible == .history ? .history : .message: rest] }
    let (message, history) = rest.split(rows: rest.rows - rest.rows * 2 / 5)
    return [.topics: topics, .message: message, .history: history]
  }
}
