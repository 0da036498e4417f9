import Payloads
import Terminal
import TopicStore

/// The topic tree: badge, name, value and age of topics; topics below and rate of branches.
struct TreePane {
  let rows: [Row]
  let selected: TopicID?
  let valueColumn: Int
  let isFocused: Bool
  /// The time of the frame, in nanoseconds since 1970.
  let now: Int64
  /// For so long a row that changed is lit.
  static let litFor: Int64 = 400_000_000
  /// Messages a second from which on a row is not lit any more: what always shines says nothing.
  private static let litBelow = 1.5
  private static let ageColumns = 5

  func draw(into frame: inout Frame, in place: Rect) {
    for (index, row) in rows.enumerated().prefix(place.rows) {
      draw(row, into: &frame, in: place.line(index))
    }
  }

  private func draw(_ row: Row, into frame: inout Frame, in place: Rect) {
    let ground = ground(of: row)
    frame.fill(place, Style(.text, on: ground))
    let tail = drawTail(of: row, into: &frame, in: place, on: ground)
    var pen = LineWriter(place.split(columns: place.columns - tail).left, on: ground)
    pen.skip(RowShape.markColumn(of: row))
    if row.hasChildren { pen.write(row.isOpen ? "▾ " : "▸ ", .fold, into: &frame) }
    if row.hasValue { pen.write(row.retained.badge + " ", row.retained.role, into: &frame) }
    if !row.hasChildren, !row.hasValue { pen.skip(2) }
    let emphasis: Emphasis = row.id == selected ? .bold : []
    pen.write(clippedName(of: row), nameRole(of: row), emphasis, into: &frame)
    guard row.hasValue else { return }
    pen.skip(max(2, place.column + valueColumn - pen.column))
    drawValue(of: row, with: &pen, into: &frame)
  }

  private func drawValue(of row: Row, with pen: inout LineWriter, into frame: inout Frame) {
    guard row.valueSize > 0 else { return pen.write("(empty)", .dim, into: &frame) }
    let line = oneLine(row.valuePrefix, size: row.valueSize, limit: max(1, pen.room))
    for span in line.spans {
      pen.write(span.text, span.token == .text ? .value : span.token.role, into: &frame)
    }
  }

  /// What stands at the right end: the age of a value, the counts of a branch. Gives the columns it takes.
  private func drawTail(of row: Row, into frame: inout Frame, in place: Rect, on ground: Ground) -> Int {
    guard place.columns >= 24 else { return 0 }
    if row.hasValue {
      frame.writeRight(Format.age(now - row.newestAt), in: place, Style(.age, on: ground))
      return Self.ageColumns + 1
    }
    let rate = Format.rate(row.ratePerSecond)
    let rateColumns = place.columns >= 40 ? 8 : 0
    if rateColumns > 0 { frame.writeRight(rate, in: place, Style(.rate, on: ground)) }
    let counts = place.split(columns: place.columns - rateColumns).left
    let count = frame.writeRight(Format.shortCount(row.topicsBelow), in: counts, Style(.count, on: ground))
    return rateColumns + count + 1
  }

  private func clippedName(of row: Row) -> String {
    let name = RowShape.shownName(of: row)
    guard row.hasValue else { return name }
    return TextWidth.clip(name, to: max(4, valueColumn - RowShape.nameColumn(of: row) - 1), keeping: .middle)
  }

  private func nameRole(of row: Row) -> Role {
    if row.isMatch { return .match }
    if RowShape.isStandIn(row) { return .dim }
    return row.hasValue ? .topic : .branch
  }

  private func ground(of row: Row) -> Ground {
    if row.id == selected { return isFocused ? .selected : .selectedUnfocused }
    let isLit = row.hasValue && now - row.newestAt < Self.litFor && row.ratePerSecond < Self.litBelow
    return isLit ? .lit : .panel
  }
}

extension RetainedState {
  /// The badge of a value: the broker said it is retained, may hold it retained, or it came live.
  var badge: String {
    switch self {
    case .yes: "◆"
    case .unknown: "◇"
    case .no: "·"
    }
  }

  var role: Role {
    switch self {
    case .yes: .retained
    case .unknown: .retainedUnknown
    case .no: .live
    }
  }
}
