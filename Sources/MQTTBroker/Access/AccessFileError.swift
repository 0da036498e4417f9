/// Why a file of users or rules cannot be used.
public struct AccessFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The number of the line, from 1 on.
  public let line: Int
  /// What is wrong with it.
  public let problem: String

  /// A sentence for the person who wrote the file.
  public var description: String { "Line \(line) \(problem)\(problem.hasSuffix(".") ? "" : ".")" }
}
