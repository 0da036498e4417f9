/// Turns the pieces of one line into spans.
struct LineBuilder {
  let bytes: [UInt8]
  let isTree: Bool

  /// Deeper lines are not indented further; they say their depth instead.
  static let deepestIndentation = 16

  func line(_ pieces: [JSONToken], at place: LinePlace) -> Line {
    var spans: [Line.Span] = []
    spans.reserveCapacity(pieces.count + 2)
    if isTree { indent(place.depth - (pieces.first?.kind.closes == true ? 1 : 0), &spans) }
    for piece in joined(pieces) { append(piece, &spans) }
    return Line(
      spans, isContinuation: place.isContinuation, source: place.offset..<max(place.offset, pieces.last?.end ?? 0))
  }

  private func indent(_ depth: Int, _ spans: inout [Line.Span]) {
    if depth > 0 { spans.append(Line.Span(String(repeating: "  ", count: min(depth, Self.deepestIndentation)), .text)) }
    if depth > Self.deepestIndentation { spans.append(Line.Span("⋯\(depth) ", .dim)) }
  }

  /// Marks that touch each other become one piece.
  private func joined(_ pieces: [JSONToken]) -> [JSONToken] {
    pieces.reduce(into: []) { joined, piece in
      if isPlainMark(piece), let last = joined.last, isPlainMark(last), last.end == piece.start {
        joined[joined.count - 1].end = piece.end
      } else {
        joined.append(piece)
      }
    }
  }

  /// The colon of a tree is none: it gets a space that was not sent.
  private func isPlainMark(_ piece: JSONToken) -> Bool {
    Token(piece.kind) == .punctuation && !(isTree && piece.kind == .colon)
  }

  private func append(_ piece: JSONToken, _ spans: inout [Line.Span]) {
    switch piece.kind {
    case .space, .none, .end, .fault: UTF8Text.spans(bytes, piece.start, piece.end, into: &spans)
    case .colon where isTree: spans.append(Line.Span(": ", .punctuation))
    default: spans.append(Line.Span(String(decoding: bytes[piece.start..<piece.end], as: UTF8.self), Token(piece.kind)))
    }
  }
}
