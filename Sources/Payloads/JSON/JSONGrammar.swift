/// Which token may follow: a pushdown automaton whose stack is on the heap, so that depth is only memory.
struct JSONGrammar {
  private enum Expectation {
    case value, valueOrClose, key, keyOrClose, colon, commaOrClose, end
  }

  private var expected = Expectation.value
  /// For each open bracket around the current one: is it an object?
  private var outer: [Bool] = []
  private var isInObject = false
  private var depth = 0

  /// Takes a token, tells keys from strings, and refuses what may not come here.
  @inline(__always)
  mutating func accept(_ token: inout JSONToken) -> Bool {
    switch token.kind {
    case .string: return acceptString(&token)
    case .number, .literal:
      guard expected == .value || expected == .valueOrClose else { return false }
      expected = depth == 0 ? .end : .commaOrClose
    case .openObject, .openArray:
      guard expected == .value || expected == .valueOrClose else { return false }
      open(isObject: token.kind == .openObject)
    case .closeObject:
      guard expected == .keyOrClose || expected == .commaOrClose && isInObject else { return false }
      close()
    case .closeArray:
      guard expected == .valueOrClose || expected == .commaOrClose && !isInObject else { return false }
      close()
    case .comma:
      guard expected == .commaOrClose else { return false }
      expected = isInObject ? .key : .value
    case .colon:
      guard expected == .colon else { return false }
      expected = .value
    case .end: return expected == .end
    case .none, .space, .key, .fault: return false
    }
    return true
  }

  @inline(__always)
  private mutating func acceptString(_ token: inout JSONToken) -> Bool {
    if expected == .value || expected == .valueOrClose {
      expected = depth == 0 ? .end : .commaOrClose
    } else if expected == .key || expected == .keyOrClose {
      token.kind = .key
      expected = .colon
    } else {
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func open(isObject: Bool) {
    outer.append(isInObject)
    isInObject = isObject
    depth += 1
    expected = isObject ? .keyOrClose : .valueOrClose
  }

  @inline(__always)
  private mutating func close() {
    depth -= 1
    isInObject = outer.removeLast()
    expected = depth == 0 ? .end : .commaOrClose
  }

  /// What should have come in place of `token`, as a sentence.
  func refusal(of token: JSONToken) -> String {
    if token.kind == .closeObject, expected == .key { return "A comma may not stand before }." }
    let isAfterComma = expected == .value && depth > 0 && !isInObject
    if token.kind == .closeArray, isAfterComma { return "A comma may not stand before ]." }
    if expected == .end { return "One JSON value was complete, but more text follows it." }
    let found = token.kind == .end ? "the text ends here" : "something else stands here"
    return "\(expectation) was expected, but \(found)."
  }

  private var expectation: String {
    switch expected {
    case .value: "A value"
    case .valueOrClose: "A value or ]"
    case .key: "A name in double quotes"
    case .keyOrClose: "A name in double quotes or }"
    case .colon: "A colon after the name"
    case .commaOrClose: isInObject ? "A comma or }" : "A comma or ]"
    case .end: "The end of the text"
    }
  }

  /// A bracket is open.
  var isOpen: Bool { depth > 0 }

  var expectsName: Bool { expected == .key || expected == .keyOrClose }

  /// A character or word that no value starts with is better told by what was expected instead of a value.
  func isMisplaced(_ fault: JSONFault) -> Bool {
    switch fault {
    case .word, .character, .plusSign: expected != .value && expected != .valueOrClose
    default: false
    }
  }
}
