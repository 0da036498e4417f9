/// How many colours a terminal shows.
public enum ColourDepth: Int, Sendable, CaseIterable {
  /// Attributes only.
  case monochrome = 1
  /// The eight of ANSI.
  case basic = 8
  /// The eight and their bright twins.
  case bright = 16
  /// The cube and the greys of xterm.
  case indexed = 256
  /// 24 bits.
  case direct = 16_777_216
}
