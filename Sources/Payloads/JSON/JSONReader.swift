/// Reads tokens of JSON that is known to be valid, from the start of any token on, without what came before.
struct JSONReader {
  private var tokenizer: JSONTokenizer
  private let longRuns: LongRuns

  init(at offset: Int, longRuns: LongRuns) {
    tokenizer = JSONTokenizer(at: offset)
    self.longRuns = longRuns
  }

  mutating func next(_ bytes: Span<UInt8>) -> JSONToken {
    skipSpace(&tokenizer, bytes)
    if let run = longRuns.covering(tokenizer.offset) {
      tokenizer.offset = run.end
      return run
    }
    var token = tokenizer.next(bytes)
    // A string is a key when a colon follows: that needs no stack.
    if token.kind == .string, isColonNext(bytes) { token.kind = .key }
    return token
  }

  private func skipSpace(_ tokenizer: inout JSONTokenizer, _ bytes: Span<UInt8>) {
    if let run = longRuns.covering(tokenizer.offset), run.kind == .space { tokenizer.offset = run.end }
    tokenizer.skipSpace(bytes)
  }

  private func isColonNext(_ bytes: Span<UInt8>) -> Bool {
    var ahead = tokenizer
    skipSpace(&ahead, bytes)
    return ahead.offset < bytes.count && bytes[ahead.offset] == UInt8(ascii: ":")
  }
}
