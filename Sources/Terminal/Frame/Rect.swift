/// A rectangle of cells; its lengths are never negative, whatever is cut from it.
public struct Rect: Hashable, Sendable {
  /// The leftmost column.
  public var column: Int
  /// The topmost row.
  public var row: Int
  /// Cells across.
  public var columns: Int
  /// Cells down.
  public var rows: Int

  /// A rectangle; negative lengths become nought.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = Rect.near(column)
    self.row = Rect.near(row)
    self.columns = max(0, Rect.near(columns))
    self.rows = max(0, Rect.near(rows))
  }

  /// Far beyond any screen, yet near enough for sums.
  private static func near(_ value: Int) -> Int { min(1 << 40, max(-1 << 40, value)) }

  /// The whole of a screen.
  public init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// The top left cell.
  public var origin: Point { Point(column: column, row: row) }
  /// The lengths alone.
  public var size: Size { Size(columns: columns, rows: rows) }
  /// The first column to the right of it.
  public var endColumn: Int { column + columns }
  /// The first row below it.
  public var endRow: Int { row + rows }
  /// There is no cell in it.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The cell lies in it.
  public func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// What both have; empty when they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top, columns: min(endColumn, other.endColumn) - left, rows: min(endRow, other.endRow) - top)
  }

  /// It without so many columns at the left and right, and rows at the top and bottom.
  public func inset(columns across: Int, rows down: Int) -> Rect {
    Rect(column: column + across, row: row + down, columns: columns - 2 * across, rows: rows - 2 * down)
  }

  /// It without one cell all around: the inside of a box.
  public var inside: Rect { inset(columns: 1, rows: 1) }

  /// The row at a place in it, counted from its top; empty when it has no such row.
  public func line(_ index: Int) -> Rect {
    guard index >= 0, index < rows else { return Rect(column: column, row: row, columns: columns, rows: 0) }
    return Rect(column: column, row: row + index, columns: columns, rows: 1)
  }

  /// The first rows, and the rest. A negative count is that many rows less than all.
  public func split(rows count: Int) -> (top: Rect, bottom: Rect) {
    let first = max(0, min(rows, count < 0 ? rows + count : count))
    return (
      Rect(column: column, row: row, columns: columns, rows: first),
      Rect(column: column, row: row + first, columns: columns, rows: rows - first)
    )
  }

  /// The first columns, and the rest. A negative count is that many columns less than all.
  public func split(columns count: Int) -> (left: Rect, right: Rect) {
    let first = max(0, min(columns, count < 0 ? columns + count : count))
    return (
      Rect(column: column, row: row, columns: first, rows: rows),
      Rect(column: column + first, row: row, columns: columns - first, rows: rows)
    )
  }

  /// A rectangle of the size in the middle of it, made smaller where it does not fit.
  public func centred(_ wanted: Size) -> Rect {
    let across = min(columns, wanted.columns)
    let down = min(rows, wanted.rows)
    return Rect(
      column: column + (columns - across) / 2, row: row + (rows - down) / 2, columns: across, rows: down)
  }
}
