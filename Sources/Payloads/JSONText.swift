/// JSON as text: checked and re-spaced, never rewritten. Digits, escapes, order and duplicate keys stay as they are.
public enum JSONText {
  /// The first error, or nil when `bytes` is one valid JSON text (RFC 8259).
  public static func check(_ bytes: [UInt8]) -> Problem? {
    nil
  }

  /// The same JSON, indented by two spaces, a member or element on each line.
  public static func tidy(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    bytes
  }

  /// The same JSON without white space between tokens.
  public static func minify(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    bytes
  }
}
