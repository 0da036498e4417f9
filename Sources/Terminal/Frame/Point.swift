/// A cell's place: the first cell is column 0 of row 0. A point may lie outside of the screen.
public struct Point: Hashable, Sendable {
  /// Cells from the left.
  public var column: Int
  /// Cells from the top.
  public var row: Int

  /// A place on, or off, the screen.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}
