/// How a ground looks.
public struct GroundLook: Hashable, Sendable {
  /// The colour behind the letters; nil is the terminal's own.
  public var colour: Colour?
  /// The colour of letters whose own could not be read here.
  public var ink: Colour?
  /// Attributes where colours cannot tell this ground from the base.
  public var monochrome: Look.Attributes

  /// A look of a ground.
  public init(_ colour: Colour?, ink: Colour?, monochrome: Look.Attributes = []) {
    self.colour = colour
    self.ink = ink
    self.monochrome = monochrome
  }
}
