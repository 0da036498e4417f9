/// JSON as text: checked and re-spaced, never rewritten. Digits, escapes, order and duplicate keys stay as they are.
public enum JSONText {
  /// Deeper levels are not indented further, lest depth cost its square in spaces.
  static let deepestIndentation = 64

  /// The first error, or nil when `bytes` is one valid JSON text (RFC 8259).
  public static func check(_ bytes: [UInt8]) -> Problem? {
    problem(JSONScan.tokens(of: bytes.span) { _ in }, in: bytes)
  }

  /// The same JSON indented by two spaces, a member or element on each line; levels below the 64th are not indented further.
  public static func tidy(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    var tidied: [UInt8] = []
    var depth = 0
    var previous = JSONToken.Kind.none
    let fault = JSONScan.tokens(of: bytes.span) { token in
      guard token.kind != .end else { return }
      if token.kind.closes { depth -= 1 }
      if token.kind.isOnNewLine(after: previous) {
        tidied.append(UInt8(ascii: "\n"))
        tidied.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * min(depth, deepestIndentation)))
      }
      tidied.append(contentsOf: bytes[token.start..<token.end])
      if token.kind == .colon { tidied.append(UInt8(ascii: " ")) }
      if token.kind.opens { depth += 1 }
      previous = token.kind
    }
    if let problem = problem(fault, in: bytes) { throw problem }
    return tidied
  }

  /// The same JSON without white space between tokens.
  public static func minify(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    var minified: [UInt8] = []
    minified.reserveCapacity(bytes.count)
    let fault = JSONScan.tokens(of: bytes.span) { token in
      minified.append(contentsOf: bytes[token.start..<token.end])
    }
    if let problem = problem(fault, in: bytes) { throw problem }
    return minified
  }

  private static func problem(_ fault: JSONScan.Fault?, in bytes: [UInt8]) -> Problem? {
    fault.map { UTF8Text.problem($0.sentence, in: bytes.span, at: $0.offset) }
  }
}
