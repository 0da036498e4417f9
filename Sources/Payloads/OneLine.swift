/// A payload on one line, for the tree's value column: JSON without spacing, text with its line ends as `⏎`, binary as size and hex.
/// - Parameters:
///   - prefix: The payload's first bytes, or all of them.
///   - size: The size of the whole payload in bytes.
///   - limit: How many Unicode scalars to give at most; what was cut ends with `…`.
public func oneLine(_ prefix: [UInt8], size: Int, limit: Int) -> Line {
  guard size > 0 else { return Line([Line.Span("empty", .dim)]) }
  // Spacing is dropped, so read more than is shown, but not a megabyte.
  let bytes = prefix.count > limit * 8 ? Array(prefix.prefix(max(8, limit * 8))) : prefix
  var line = OneLine(bytes: bytes, size: size)
  return line.make(limit: limit)
}

/// Gathers the spans of one line and cuts them to length.
private struct OneLine {
  let bytes: [UInt8]
  let size: Int
  private var spans: [Line.Span] = []

  init(bytes: [UInt8], size: Int) {
    self.bytes = bytes
    self.size = size
  }

  private var isCut: Bool { bytes.count < size }

  mutating func make(limit: Int) -> Line {
    if !addJSON() {
      spans = []
      if !isCut, number(in: bytes) != nil {
        add(0, bytes.count, .number)
      } else if Content.isBinary(bytes.span.extracting(0..<wholeEnd)) {
        addBinary()
      } else {
        addText()
      }
    }
    return Line(clipped(to: limit), source: 0..<bytes.count)
  }

  /// False when this is not JSON, as far as can be seen: a cut payload may end within a token.
  private mutating func addJSON() -> Bool {
    var tokenizer = JSONTokenizer()
    var grammar = JSONGrammar()
    while true {
      var token = tokenizer.next(bytes.span)
      guard grammar.accept(&token) else {
        guard isCut, grammar.isOpen, token.kind != .fault || isTorn(token, tokenizer) else { return false }
        if token.kind == .fault { add(tokenizer.offset, wholeEnd, grammar.expectsName ? .key : .string) }
        return token.kind == .fault || token.kind == .end
      }
      if token.kind == .end { return true }
      add(token.start, token.end, Token(token.kind))
    }
  }

  private func isTorn(_ token: JSONToken, _ tokenizer: JSONTokenizer) -> Bool {
    tokenizer.fault == .unclosedString || token.start + 8 > bytes.count
  }

  /// Where the last whole character of the prefix ends.
  private var wholeEnd: Int {
    guard isCut else { return bytes.count }
    let tail = max(0, bytes.count - 3)..<bytes.count
    guard let first = tail.last(where: { bytes[$0] & 0xC0 == 0xC0 }) else { return bytes.count }
    return UTF8Text.sequenceLength(bytes.span, at: first) > 0 ? bytes.count : first
  }

  private mutating func addText() {
    let end = wholeEnd
    var start = 0
    for index in 0..<end where bytes[index] == 0x0A || bytes[index] == 0x09 {
      let isCRLF = bytes[index] == 0x0A && index > start && bytes[index - 1] == 0x0D
      UTF8Text.spans(bytes, start, isCRLF ? index - 1 : index, into: &spans)
      spans.append(Line.Span(bytes[index] == 0x0A ? "⏎" : "⇥", .dim))
      start = index + 1
    }
    UTF8Text.spans(bytes, start, end, into: &spans)
  }

  private mutating func addBinary() {
    spans.append(Line.Span("\(sizeText) ", .dim))
    spans.append(Line.Span(bytes.prefix(64).map { hexDigits($0).lowercased() }.joined(separator: " "), .byte))
    if bytes.count > 64, !isCut { spans.append(Line.Span("…", .dim)) }
  }

  private var sizeText: String {
    switch size {
    case ..<1_000: "\(size) B"
    case ..<1_000_000: "\(size / 1_000).\(size % 1_000 / 100) kB"
    default: "\(size / 1_000_000).\(size % 1_000_000 / 100_000) MB"
    }
  }

  private mutating func add(_ start: Int, _ end: Int, _ token: Token) {
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if spans.last?.token == token {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Line.Span(text, token))
    }
  }

  private func clipped(to limit: Int) -> [Line.Span] {
    let length = spans.reduce(0) { $0 + $1.text.unicodeScalars.count }
    guard length > limit || isCut else { return spans }
    guard limit > 0 else { return [] }
    var room = limit - 1
    var kept: [Line.Span] = []
    for span in spans where room > 0 {
      let text = String(String.UnicodeScalarView(span.text.unicodeScalars.prefix(room)))
      kept.append(Line.Span(text, span.token))
      room -= text.unicodeScalars.count
    }
    return kept + [Line.Span("…", .dim)]
  }
}
