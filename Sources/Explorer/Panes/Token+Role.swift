import Payloads
import Terminal

extension Token {
  /// How the screen shows a piece of a payload.
  var role: Role {
    switch self {
    case .text: .text
    case .key: .key
    case .string: .string
    case .number: .number
    case .literal: .literal
    case .punctuation: .punctuation
    case .offset: .offset
    case .byte: .byte
    case .ascii: .ascii
    case .invalid: .control
    case .dim: .dim
    }
  }
}
