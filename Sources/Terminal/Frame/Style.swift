/// How a cell is to look, without a colour: what it means, what it lies on, and emphasis.
public struct Style: Hashable, Sendable {
  /// What it means.
  public var role: Role
  /// What it lies on.
  public var ground: Ground
  /// What is added to the theme's look.
  public var emphasis: Emphasis

  /// A style; plain text on the base unless said otherwise.
  public init(_ role: Role = .text, on ground: Ground = .base, _ emphasis: Emphasis = []) {
    self.role = role
    self.ground = ground
    self.emphasis = emphasis
  }

  /// The same, with another meaning.
  public func with(_ role: Role) -> Style { Style(role, on: ground, emphasis) }
}

/// Six bits of role, four of ground, three of emphasis: what a cell of a frame keeps.
extension Style {
  var packed: UInt16 {
    UInt16(role.rawValue) | UInt16(ground.rawValue) << 6 | UInt16(emphasis.rawValue & 7) << 10
  }

  init(packed: UInt16) {
    self.init(
      Role(rawValue: UInt8(packed & 63)) ?? .text, on: Ground(rawValue: UInt8(packed >> 6 & 15)) ?? .base,
      Emphasis(rawValue: UInt8(packed >> 10 & 7)))
  }

  /// Packed styles are smaller than this.
  static let packedCount = 1 << 13
}
