import Glibc

/// Where our files are, by the XDG Base Directory Specification.
public enum Folders {
  /// Folders that may hold themes: the user's, then those beside the program.
  public static var themes: [String] {
    var folders: [String] = []
    if let configuration { folders.append(configuration + "/themes") }
    if let program = programFolder {
      folders.append(program + "/../share/mqttscope/themes")
      folders.append(program + "/../../../themes")  // the package's own, for a program in its build folder
    }
    return folders
  }

  /// The user's configuration.
  public static var configuration: String? {
    folder("XDG_CONFIG_HOME", otherwise: ".config").map { $0 + "/mqttscope" }
  }

  /// The environment as `PublishState` reads it.
  static var stateEnvironment: [String: String] {
    var found: [String: String] = [:]
    for name in ["XDG_STATE_HOME", "HOME"] { found[name] = environment(name) }
    return found
  }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  private static func folder(_ variable: String, otherwise fallback: String) -> String? {
    if let folder = environment(variable), folder.hasPrefix("/") { return folder }
    return environment("HOME").map { $0 + "/" + fallback }
  }

  private static var programFolder: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count)
    guard length > 0 else { return nil }
    let bytes = path.prefix(length).map(UInt8.init(bitPattern:))
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }
}
