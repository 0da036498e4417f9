import Glibc
import Terminal

/// Where our files are, by the XDG Base Directory Specification.
public struct Folders: Sendable {
  /// The user's configuration; nil when the environment names no place for it.
  public let configuration: String?
  /// What is kept between two runs.
  public let state: String?

  /// The folders that an environment's variables name.
  public init(_ variable: (String) -> String? = { Environment[$0] }) {
    func folder(_ name: String, otherwise fallback: String) -> String? {
      // A relative path is invalid and is to be ignored, says the specification.
      for (base, rest) in [(variable(name), "/mqttscope"), (variable("HOME"), "/\(fallback)/mqttscope")] {
        if let base, base.hasPrefix("/") { return base + rest }
      }
      return nil
    }
    configuration = folder("XDG_CONFIG_HOME", otherwise: ".config")
    state = folder("XDG_STATE_HOME", otherwise: ".local/state")
  }

  /// Folders that may hold themes: the user's, then those beside the program.
  public var themes: [String] {
    [
      configuration.map { "\($0)/themes" },
      Self.program.map { "\($0)/../share/mqttscope/themes" },
      Self.program.map { "\($0)/../../../themes" },  // the package's own, for a program in its build folder
    ].compactMap(\.self)
  }

  private static var program: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count)
    guard length > 0 else { return nil }
    let bytes = path.prefix(length).map(UInt8.init(bitPattern:))
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }
}
