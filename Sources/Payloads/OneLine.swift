/// A payload on one line, for the tree's value column: JSON without spacing, text with its line ends as `⏎`, binary as size and hex.
/// - Parameters:
///   - prefix: The payload's first bytes, or all of them.
///   - size: The size of the whole payload in bytes.
///   - limit: How many Unicode scalars to give at most, and never above 2,048; what was cut ends with `…`.
public func oneLine(_ prefix: [UInt8], size: Int, limit: Int) -> Line {
  guard size > 0 else { return Line([Line.Span("empty", .dim)]) }
  let limit = min(max(0, limit), longestLine)
  // Spacing is dropped, so read more than is shown, but not a megabyte.
  let bytes = prefix.count > 8 * limit + 8 ? Array(prefix.prefix(8 * limit + 8)) : prefix
  let spans = OneLine(bytes: bytes, isCut: bytes.count < size).spans(size: size, limit: limit)
  return Line(spans, source: 0..<bytes.count)
}

/// Chooses what stands on the one line.
private struct OneLine {
  let bytes: [UInt8]
  let isCut: Bool

  func spans(size: Int, limit: Int) -> [Line.Span] {
    if let spans = json(limit) { return spans }
    if !isCut, number(in: bytes) != nil {
      var room = Clipping(limit, isCut: isCut)
      room.add(bytes, 0, bytes.count, .number)
      return room.spans
    }
    if Content.isBinary(bytes.span.extracting(0..<wholeEnd)) { return binary(size, limit) }
    return text(limit)
  }

  /// Nil when this is not JSON, as far as can be seen: a cut payload may end within a token.
  private func json(_ limit: Int) -> [Line.Span]? {
    var tokenizer = JSONTokenizer()
    var grammar = JSONGrammar()
    var room = Clipping(limit, isCut: isCut)
    while true {
      var token = tokenizer.next(bytes.span)
      guard grammar.accept(&token) else {
        guard isCut, grammar.isOpen, token.kind == .end || isTorn(token, tokenizer) else { return nil }
        if token.kind == .fault { room.add(bytes, tokenizer.offset, wholeEnd, grammar.expectsName ? .key : .string) }
        return room.spans
      }
      if token.kind == .end { return room.spans }
      room.add(bytes, token.start, token.end, Token(token.kind))
    }
  }

  private func isTorn(_ token: JSONToken, _ tokenizer: JSONTokenizer) -> Bool {
    token.kind == .fault && (tokenizer.fault == .unclosedString || token.start + 8 > bytes.count)
  }

  /// Where the last whole character of the prefix ends.
  private var wholeEnd: Int {
    guard isCut else { return bytes.count }
    let tail = max(0, bytes.count - 3)..<bytes.count
    guard let first = tail.last(where: { bytes[$0] & 0xC0 == 0xC0 }) else { return bytes.count }
    return UTF8Text.sequenceLength(bytes.span, at: first) > 0 ? bytes.count : first
  }

  private func text(_ limit: Int) -> [Line.Span] {
    let end = wholeEnd
    var spans: [Line.Span] = []
    var start = 0
    for index in 0..<end where bytes[index] == 0x0A || bytes[index] == 0x09 {
      let isCRLF = bytes[index] == 0x0A && index > start && bytes[index - 1] == 0x0D
      UTF8Text.spans(bytes, start, isCRLF ? index - 1 : index, into: &spans)
      spans.append(Line.Span(bytes[index] == 0x0A ? "⏎" : "⇥", .dim))
      start = index + 1
    }
    UTF8Text.spans(bytes, start, end, into: &spans)
    return Clipping(limit, isCut: isCut).clip(spans)
  }

  private func binary(_ size: Int, _ limit: Int) -> [Line.Span] {
    let shown = min(bytes.count, max(1, limit / 3 + 1))
    let digits = bytes.prefix(shown).map { hexDigits($0).lowercased() }.joined(separator: " ")
    return Clipping(limit, isCut: shown < size).clip([
      Line.Span("\(sizeText(size)) ", .dim), Line.Span(digits, .byte),
    ])
  }

  private func sizeText(_ size: Int) -> String {
    switch size {
    case ..<1_000: "\(size) B"
    case ..<1_000_000: "\(size / 1_000).\(size % 1_000 / 100) kB"
    default: "\(size / 1_000_000).\(size % 1_000_000 / 100_000) MB"
    }
  }
}
