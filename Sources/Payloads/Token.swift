/// What a span of a line means; the screen gives each a colour.
public enum Token: UInt8, CaseIterable, Sendable {
  case text
  /// The name of a member of a JSON object, quotes included.
  case key
  case string
  case number
  /// `true`, `false` or `null`.
  case literal
  case punctuation
  /// The offset at the left of a hex dump.
  case offset
  /// Bytes as hexadecimal digits.
  case byte
  /// The readable column of a hex dump.
  case ascii
  /// Bytes that are not UTF-8, written `\xNN`.
  case invalid
  /// Marks of ours that were not sent: depth beyond the indentation, line ends, cut ends.
  case dim
}
