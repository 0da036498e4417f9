/// What a payload turned out to be.
public enum Kind: UInt8, CaseIterable, Sendable {
  /// No bytes at all; with the retain flag this is what deletes a retained value.
  case empty
  /// A whole and valid JSON text other than a lone number.
  case json
  /// One decimal number, with or without white space around it.
  case number
  /// Readable text, even when some of its bytes are not UTF-8.
  case text
  /// Anything else.
  case binary

  /// The word for users, such as "JSON".
  public var name: String {
    switch self {
    case .empty: "Empty"
    case .json: "JSON"
    case .number: "Number"
    case .text: "Text"
    case .binary: "Binary"
    }
  }
}
