/// How a payload is to be shown. A view that does not suit the content falls back as `Document.shown` says.
public enum View: UInt8, CaseIterable, Sendable {
  /// By content: JSON as a tree, text as text, anything else as a hex dump.
  case auto
  /// JSON indented, a member or element on each line.
  case tree
  /// The text exactly as it was sent, spacing included.
  case raw
  /// Offsets, bytes and ASCII.
  case hex
}
