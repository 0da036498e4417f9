/// Turns the pieces of one line into spans.
struct LineBuilder {
  let bytes: [UInt8]
  let isTree: Bool

  /// Deeper lines are not indented further; they say their depth instead.
  static let deepestIndentation = 16

  func line(_ pieces: [JSONToken], at place: LinePlace) -> Line {
    var spans: [Line.Span] = []
    if isTree { indent(place.depth - (pieces.first?.kind.closes == true ? 1 : 0), &spans) }
    for piece in pieces { append(piece, &spans) }
    return Line(
      spans, isContinuation: place.isContinuation, source: place.offset..<max(place.offset, pieces.last?.end ?? 0))
  }

  private func indent(_ depth: Int, _ spans: inout [Line.Span]) {
    if depth > 0 { spans.append(Line.Span(String(repeating: "  ", count: min(depth, Self.deepestIndentation)), .text)) }
    if depth > Self.deepestIndentation { spans.append(Line.Span("⋯\(depth) ", .dim)) }
  }

  private func append(_ piece: JSONToken, _ spans: inout [Line.Span]) {
    switch piece.kind {
    case .space, .none, .end, .fault: UTF8Text.spans(bytes, piece.start, piece.end, into: &spans)
    case .colon where isTree: spans.append(Line.Span(": ", .punctuation))
    default:
      let text = String(decoding: bytes[piece.start..<piece.end], as: UTF8.self)
      let token = Token(piece.kind)
      if token == .punctuation, let last = spans.last, last.token == .punctuation {
        spans[spans.count - 1].text = last.text + text
      } else {
        spans.append(Line.Span(text, token))
      }
    }
  }
}
