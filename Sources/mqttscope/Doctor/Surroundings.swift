import Explorer
import Glibc
import Terminal

/// What the program can learn about where it runs.
struct Surroundings: Equatable {
  /// A folder of ours and what can be done with it.
  struct Folder: Equatable {
    enum State: Equatable {
      case writable, missingButCreatable, notWritable, notAFolder
    }

    var path: String
    var state: State
  }

  var variables: [String: String]
  var hasTerminal: Bool
  var columns: Int
  var rows: Int
  var codeset: String
  var hasTerminalDescription: Bool
  /// Nil when the environment names no place for it.
  var configuration: Folder?
  var state: Folder?
  /// What is wrong with the configuration.
  var complaints: [ProfileComplaint] = []

  /// The facts of this moment.
  static func gathered() -> Surroundings {
    let variables = environment()
    var size = winsize()
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)  // ours even if the output goes to a pipe
    if terminal >= 0 {
      _ = ioctl(terminal, UInt(TIOCGWINSZ), &size)
      close(terminal)
    }
    setlocale(LC_ALL, "")
    let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
    let folders = Folders()
    return Surroundings(
      variables: variables, hasTerminal: terminal >= 0, columns: Int(size.ws_col), rows: Int(size.ws_row),
      codeset: codeset, hasTerminalDescription: hasDescription(variables["TERM"] ?? "", variables),
      configuration: folders.configuration.map(folder), state: folders.state.map(folder),
      complaints: folders.configuration.map { ProfileFile(folder: $0).complaints() } ?? [])
  }

  private static func environment() -> [String: String] {
    let names = [
      "TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TMUX", "STY", "SSH_CONNECTION", "HOME",
      "TERMINFO", "TERMINFO_DIRS",
    ]
    return names.reduce(into: [:]) { found, name in
      found[name] = Environment[name]
    }
  }

  /// Whether ncurses would find the terminal's description, in the places where it looks.
  private static func hasDescription(_ terminal: String, _ variables: [String: String]) -> Bool {
    guard let first = terminal.utf8.first, !terminal.contains("/") else { return false }
    var places = [variables["TERMINFO"] ?? "", "\(variables["HOME"] ?? "")/.terminfo"]
    places += (variables["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
    places += ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"]
    let letter = String(decoding: [first], as: UTF8.self)
    return places.contains { place in
      [letter, String(first, radix: 16)].contains { access("\(place)/\($0)/\(terminal)", R_OK) == 0 }
    }
  }

  private static func folder(_ path: String) -> Folder {
    var facts = stat()
    if stat(path, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFDIR else { return Folder(path: path, state: .notAFolder) }
      return Folder(path: path, state: access(path, W_OK) == 0 ? .writable : .notWritable)
    }
    return Folder(path: path, state: canBeMade(path) ? .missingButCreatable : .notWritable)
  }

  /// Whether the first folder of the path that is missing can be made, found out by making it: there are places, such as
  /// `/proc`, where permissions do not tell.
  private static func canBeMade(_ path: String) -> Bool {
    var missing = path[...]
    while let slash = missing.lastIndex(of: "/"), slash > missing.startIndex,
      access(String(missing[..<slash]), F_OK) != 0
    {
      missing = missing[..<slash]
    }
    guard mkdir(String(missing), 0o700) == 0 else { return false }
    rmdir(String(missing))
    return true
  }
}
