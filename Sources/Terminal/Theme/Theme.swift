/// How each role and each ground looks.
///
/// A theme says it once, in 24 bits, with the numbers for 256 and 16 colours where the nearest ones do not please;
/// `appearance` turns that into what a terminal of a given depth can show. A role that could not be read on a ground
/// takes the ground's ink, so no theme can hide text, at any depth.
public struct Theme: Equatable, Sendable {
  /// Its name, for lists and messages.
  public let name: String
  private let looks: [Look]
  private let grounds: [GroundLook]

  /// A theme; a role that is not given looks like text, a ground that is not given like the base.
  public init(name: String, roles: [Role: Look], grounds: [Ground: GroundLook]) {
    self.name = name
    let text = roles[.text] ?? Look(nil)
    let base = grounds[.base] ?? GroundLook(nil, ink: text.colour)
    looks = Role.allCases.map { roles[$0] ?? text }
    self.grounds = Ground.allCases.map { grounds[$0] ?? base }
  }

  /// How a role looks.
  public subscript(role: Role) -> Look { looks[Int(role.rawValue)] }

  /// How a ground looks.
  public subscript(ground: Ground) -> GroundLook { grounds[Int(ground.rawValue)] }
}
