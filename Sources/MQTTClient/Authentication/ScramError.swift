/// Why an exchange of SCRAM did not end well.
public enum ScramError: Error, Equatable, Sendable {
  /// A message of the broker breaks the rules of the method.
  case malformed(String)
  /// The broker wants a number of rounds that is not safe, or would take for ever.
  case rounds(String)
  /// The broker says that we have not proven who we are, in a word of RFC 5802.
  case refused(String)
  /// The broker does not know the password.
  case wrongSignature
  /// The broker accepted us without having proven anything.
  case unproven
}

extension ScramError: CustomStringConvertible {
  /// A sentence for the person who connects.
  public var description: String {
    switch self {
    case .malformed(let problem): "The broker's message of SCRAM-SHA-256 cannot be used: \(problem)."
    case .rounds(let rounds): "The broker asks for \(rounds) rounds of SCRAM-SHA-256; 4096 to 1000000 are accepted."
    case .refused(let word):
      "The broker refused the proof of the password: \(word). Check the user name and the password."
    case .wrongSignature, .unproven:
      "The broker did not prove that it knows the password: it may be another than it says, or the password is wrong."
    }
  }
}
