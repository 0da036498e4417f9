/// What a terminal of some depth is told to show.
struct Appearance: Hashable, Sendable {
  /// A colour's number at the depth (0xRRGGBB for 24 bits); -1 is the terminal's own.
  var foreground: Int32 = -1
  /// The same for what is behind.
  var background: Int32 = -1
  /// Beside the colours.
  var attributes: Look.Attributes = []
}
