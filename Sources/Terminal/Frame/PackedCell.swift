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
