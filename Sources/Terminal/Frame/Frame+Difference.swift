/// What has changed on a screen since another frame was shown.
extension Frame {
  /// The row has the same cells in both, which have the same size and the same marks.
  func hasEqualRow(_ row: Int, as other: Frame) -> Bool {
    let range = row * size.columns..<(row + 1) * size.columns
    guard range.upperBound <= cells.count else { return true }
    return cells[range] == other.cells[range]
  }

  /// A row that changed shows what another row showed before, in whatever colours.
  func hasMovedRow(among changed: [Int], since other: Frame) -> Bool {
    changed.contains { row in
      (0..<size.rows).contains { $0 != row && hasSameText(row, as: $0, of: other) }
    }
  }

  private func hasSameText(_ row: Int, as otherRow: Int, of other: Frame) -> Bool {
    let (start, otherStart) = (row * size.columns, otherRow * size.columns)
    guard max(start, otherStart) + size.columns <= min(cells.count, other.cells.count) else { return false }
    return (0..<size.columns).allSatisfy { cells[start + $0].scalar == other.cells[otherStart + $0].scalar }
  }
}
