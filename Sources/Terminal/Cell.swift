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

/// One cell of a frame, as a frame keeps it.
struct PackedCell: Hashable, Sendable, BitwiseCopyable {
  /// The scalar; nought in the second half of a wide one.
  var scalar: UInt32
  /// Where its marks are, from one; nought for none.
  var marks: UInt16
  /// The style, packed.
  var style: UInt16

  static func blank(_ style: Style) -> PackedCell {
    PackedCell(scalar: 0x20, marks: 0, style: style.packed)
  }
}
