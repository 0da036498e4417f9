/// The lines of a text or a JSON text: counted once, formatted one by one.
///
/// One pass feeds every token to a layout, which tells the index where lines begin. The index keeps few places, and a line is
/// made by running the same layout again from the nearest place before it, so that both always agree on where lines break.
struct Lines: Sendable {
  /// What is laid out, and how.
  enum Style: Sendable {
    case text, rawJSON, tree
  }

  private let style: Style
  private let index: LineIndex
  private let longRuns: LongRuns

  init(_ style: Style, index: LineIndex, longRuns: LongRuns = LongRuns()) {
    self.style = style
    self.index = index
    self.longRuns = longRuns
  }

  /// Plain text: no tokens but the end.
  init(text bytes: Span<UInt8>) {
    var index = LineIndex()
    var layout = TextLayout(at: LinePlace())
    layout.accept(JSONToken(kind: .end, start: bytes.count, end: bytes.count), bytes, &index)
    self.init(.text, index: index)
  }

  var count: Int { index.lineCount }

  func line(_ line: Int, prefix: Int, of bytes: [UInt8]) -> Line {
    guard line >= 0, line < count else { return Line() }
    let place = index.place { $0.line <= line }
    var collector = LineCollector(line, prefix: prefix, from: place)
    walk(bytes.span, from: place, &collector)
    return LineBuilder(bytes: bytes, isTree: style == .tree).line(collector.pieces, at: collector.place)
  }

  func line(containing offset: Int, of bytes: [UInt8]) -> Int {
    let place = index.place { $0.offset <= offset }
    var finder = LineFinder(offset, from: place)
    walk(bytes.span, from: place, &finder)
    return finder.line
  }

  private func walk(_ bytes: Span<UInt8>, from place: LinePlace, _ sink: inout some LineSink) {
    switch style {
    case .tree: walk(TreeLayout(at: place), bytes, from: place, &sink)
    case .rawJSON: walk(TextLayout(at: place), bytes, from: place, &sink)
    case .text:
      var layout = TextLayout(at: place)
      layout.accept(JSONToken(kind: .end, start: bytes.count, end: bytes.count), bytes, &sink)
    }
  }

  private func walk(
    _ layout: some LineLayout, _ bytes: Span<UInt8>, from place: LinePlace, _ sink: inout some LineSink
  ) {
    var layout = layout
    var reader = JSONReader(at: max(place.offset, place.restEnd), longRuns: longRuns)
    if place.restEnd > place.offset {
      layout.accept(JSONToken(kind: place.restKind, start: place.offset, end: place.restEnd), bytes, &sink)
    }
    while !sink.isDone {
      let token = reader.next(bytes)
      layout.accept(token, bytes, &sink)
      if token.kind == .end || token.kind == .fault { return }
    }
  }
}
