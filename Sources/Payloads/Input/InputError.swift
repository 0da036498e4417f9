/// Why what was typed cannot be published; the description says where and what to do.
public enum InputError: Error, Equatable, Sendable, CustomStringConvertible {
  case json(Problem)
  case hexadecimal(Problem)
  case base64(Problem)

  /// What is wrong and where.
  public var problem: Problem {
    switch self {
    case .json(let problem), .hexadecimal(let problem), .base64(let problem): problem
    }
  }

  /// The place and the sentence.
  public var description: String {
    problem.description
  }
}
