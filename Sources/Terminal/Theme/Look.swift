/// How a role looks.
public struct Look: Hashable, Sendable {
  /// The letters' colour; nil is the terminal's own.
  public var colour: Colour?
  /// Attributes beside the colour.
  public var attributes: Attributes
  /// Attributes where there is no colour.
  public var monochrome: Attributes

  /// A look; without colours it keeps its attributes unless others are given.
  public init(_ colour: Colour?, _ attributes: Attributes = [], monochrome: Attributes? = nil) {
    self.colour = colour
    self.attributes = attributes
    self.monochrome = monochrome ?? attributes
  }

  /// What terminals can do to letters beside colouring them.
  public struct Attributes: OptionSet, Hashable, Sendable {
    /// One bit for each attribute.
    public let rawValue: UInt8

    /// Attributes of the given bits.
    public init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Heavier letters.
    public static let bold = Attributes(rawValue: 1)
    /// A line below.
    public static let underline = Attributes(rawValue: 2)
    /// Colours exchanged.
    public static let reverse = Attributes(rawValue: 4)
    /// Fainter letters.
    public static let dim = Attributes(rawValue: 8)
    /// Leaning letters.
    public static let italic = Attributes(rawValue: 16)
  }
}
