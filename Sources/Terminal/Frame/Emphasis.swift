/// What a view adds to a role, beyond what the theme says.
public struct Emphasis: OptionSet, Hashable, Sendable {
  /// One bit for each member.
  public let rawValue: UInt8

  /// Emphasis of the given bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier letters.
  public static let bold = Emphasis(rawValue: 1)
  /// A line below.
  public static let underline = Emphasis(rawValue: 2)
  /// Colours exchanged.
  public static let reverse = Emphasis(rawValue: 4)
}
