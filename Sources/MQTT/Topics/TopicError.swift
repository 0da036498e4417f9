/// Why text is not a topic name or a topic filter.
public enum TopicError: Error, Equatable, Sendable {
  /// It has no characters.
  case empty
  /// It has more than 65,535 bytes.
  case tooLong(size: Int)
  /// It contains U+0000.
  case nullCharacter
  /// A topic name contains `+` or `#`.
  case wildcardInName
  /// `#` does not stand alone in the last level, or `+` does not stand alone in its level.
  case misplacedWildcard
  /// `$share` is not followed by a name without wildcards and a filter.
  case badShare
}

extension TopicError: CustomStringConvertible {
  /// A sentence for the person who typed the topic.
  public var description: String {
    switch self {
    case .empty: "A topic needs at least one character."
    case .tooLong(let size): "A topic has at most 65535 bytes; this one has \(size)."
    case .nullCharacter: "A topic cannot contain the character U+0000."
    case .wildcardInName: "A message cannot be published to a topic with the wildcards + and #."
    case .misplacedWildcard: "A wildcard stands alone in its level, and # only in the last."
    case .badShare: "A shared subscription reads $share/name/filter."
    }
  }
}
