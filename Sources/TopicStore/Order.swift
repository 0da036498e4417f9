/// How siblings are sorted. Equal ones are sorted by name.
public enum Order: UInt8, CaseIterable, Sendable {
  /// By the bytes of the name; first levels that begin with `$` come last.
  case name
  /// Most messages of the branch first.
  case count
  /// Highest rate of the branch first.
  case rate
  /// Most bytes of the branch first.
  case bytes
  /// The most recent message of the branch first.
  case age
}
