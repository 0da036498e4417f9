/// The one pass over a JSON text: checks it against RFC 8259 and lays out its lines at the same time.
struct JSONScan {
  /// Where and why the text is not JSON.
  struct Fault: Equatable {
    var sentence: String
    var offset: Int
  }

  private(set) var index = LineIndex()
  private(set) var longRuns = LongRuns()
  /// The only value is a number.
  private(set) var isNumber = false
  private(set) var fault: Fault?
  /// Those before the fault, or all of them and the end.
  private(set) var tokenCount = 0

  init(_ bytes: Span<UInt8>, _ style: Lines.Style) {
    if style == .tree {
      scan(bytes, TreeLayout(at: LinePlace()))
    } else {
      scan(bytes, TextLayout(at: LinePlace()))
    }
  }

  private mutating func scan(_ bytes: Span<UInt8>, _ layout: some LineLayout) {
    var layout = layout
    var index = LineIndex()
    var longRuns = LongRuns()
    var previous = JSONToken(kind: .none, start: 0, end: 0)
    var count = 0
    fault = Self.tokens(of: bytes) { token in
      longRuns.note(token, after: previous.end)
      layout.accept(token, bytes, &index)
      if token.kind != .end { previous = token }
      count += 1
    }
    tokenCount = count
    isNumber = fault == nil && count == 2 && previous.kind == .number
    self.index = index
    self.longRuns = longRuns
  }

  /// Visits every token up to the end or the first fault.
  @inline(__always)
  static func tokens(of bytes: Span<UInt8>, _ visit: (JSONToken) -> Void) -> Fault? {
    var tokenizer = JSONTokenizer()
    var grammar = JSONGrammar()
    while true {
      var token = tokenizer.next(bytes)
      guard grammar.accept(&token) else { return refusal(of: token, tokenizer, grammar) }
      visit(token)
      if token.kind == .end { return nil }
    }
  }

  private static func refusal(of token: JSONToken, _ tokenizer: JSONTokenizer, _ grammar: JSONGrammar) -> Fault {
    let isOfToken = token.kind == .fault && !grammar.isMisplaced(tokenizer.fault)
    return Fault(sentence: isOfToken ? tokenizer.fault.sentence : grammar.refusal(of: token), offset: token.start)
  }
}
