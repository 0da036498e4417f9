/// Offset, bytes and ASCII of a payload, line by line.
public struct HexDump: Equatable, Sendable {
  /// The most bytes a line (16, 8 or 4) whose dump fits in `columns`.
  public static func bytesPerLine(fitting columns: Int, size: Int) -> Int {
    columns >= 76 ? 16 : columns >= 44 ? 8 : 4
  }
}
