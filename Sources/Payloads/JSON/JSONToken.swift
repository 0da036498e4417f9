/// A token of JSON text as a place in the payload.
struct JSONToken: Equatable, Sendable {
  enum Kind: UInt8, Sendable {
    /// No token yet: the first of a text or of a line.
    case none
    case space
    case openObject, closeObject, openArray, closeArray, comma, colon
    case key, string, number, literal
    case end
    /// Not JSON; the tokenizer's `fault` says why.
    case fault

    var opens: Bool { self == .openObject || self == .openArray }
    var closes: Bool { self == .closeObject || self == .closeArray }

    /// In indented JSON: a comma ends a line, and so does a bracket unless the two of a pair meet.
    @inline(__always)
    func isOnNewLine(after previous: Self) -> Bool {
      previous != .none && (previous == .comma || previous.opens != closes)
    }
  }

  var kind: Kind
  var start: Int
  var end: Int
}

extension Token {
  init(_ kind: JSONToken.Kind) {
    switch kind {
    case .key: self = .key
    case .string: self = .string
    case .number: self = .number
    case .literal: self = .literal
    case .none, .space, .end, .fault: self = .text
    case .openObject, .closeObject, .openArray, .closeArray, .comma, .colon: self = .punctuation
    }
  }
}
