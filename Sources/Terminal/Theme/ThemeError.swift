/// Why a theme cannot be used, as a sentence to act on.
public enum ThemeError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case missing(String, searched: [String], known: [String])
  /// The file cannot be read.
  case unreadable(String, reason: String)
  /// The file is not a theme.
  case broken(file: String, line: Int?, problem: String)

  /// A sentence to act on.
  public var description: String {
    switch self {
    case .missing(let name, let folders, let known):
      "There is no theme \"\(name)\" in \(folders.isEmpty ? "any folder" : folders.joined(separator: ", ")); "
        + "there are: \(known.joined(separator: ", "))."
    case .unreadable(let file, let reason): "The theme \(file) cannot be read: \(reason)."
    case .broken(let file, let line?, let problem): "The theme \(file), line \(line): \(problem)."
    case .broken(let file, nil, let problem): "The theme \(file): \(problem)."
    }
  }
}
