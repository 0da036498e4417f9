/// One cell of a frame, as tests and screens read it.
public struct Cell: Hashable, Sendable {
  /// What is drawn; a space when blank and in the second half of a wide scalar.
  public let scalar: Unicode.Scalar
  /// Combining marks on it, at most four.
  public let marks: [Unicode.Scalar]
  /// Columns taken: one, two, or nought for the second half of a wide scalar.
  public let columns: Int
  /// How it looks.
  public let style: Style

  init(_ packed: PackedCell, marks: [Unicode.Scalar], columns: Int) {
    scalar = packed.scalar == 0 ? " " : Unicode.Scalar(packed.scalar) ?? " "
    self.marks = marks
    self.columns = columns
    style = Style(packed: packed.style)
  }
}
