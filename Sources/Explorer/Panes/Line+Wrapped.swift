import Payloads
import Terminal

extension Line {
  /// The line as lines of at most so many columns; at least one.
  func wrapped(columns: Int) -> [Line] {
    let columns = max(2, columns)
    guard !fits(in: columns) else { return [self] }
    var parts: [Line] = []
    var part: [Span] = []
    var used = 0
    for span in spans {
      var piece = String.UnicodeScalarView()
      for scalar in span.text.unicodeScalars {
        let width = scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : TextWidth.of(String(scalar))
        if used + width > columns {
          if !piece.isEmpty { part.append(Span(String(piece), span.token)) }
          parts.append(Line(part, isContinuation: isContinuation || !parts.isEmpty, source: source))
          part = []
          piece = String.UnicodeScalarView()
          used = 0
        }
        piece.append(scalar)
        used += width
      }
      if !piece.isEmpty { part.append(Span(String(piece), span.token)) }
    }
    parts.append(Line(part, isContinuation: isContinuation || !parts.isEmpty, source: source))
    return parts
  }

  private func fits(in columns: Int) -> Bool {
    var used = 0
    for span in spans {
      used += TextWidth.of(span.text)
      if used > columns { return false }
    }
    return true
  }
}
