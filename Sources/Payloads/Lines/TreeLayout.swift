/// JSON indented: a member or element on each line, empty brackets together, spacing dropped.
struct TreeLayout: LineLayout {
  private var place: LinePlace
  private var used = 0
  private var depth: Int
  private var previous = JSONToken.Kind.none

  init(at place: LinePlace) {
    self.place = place
    depth = place.depth
  }

  @inline(__always)
  mutating func accept(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    if token.kind == .end { return }
    if token.kind.isOnNewLine(after: previous) {
      begin(at: token.start, &sink)
    }
    let length = token.end - token.start
    if used + length > longestLine {
      split(token, bytes, &sink)
    } else {
      sink.piece(token.kind, token.start, token.end)
      used += token.kind == .colon ? 2 : length
    }
    if token.kind.opens { depth += 1 }
    if token.kind.closes { depth -= 1 }
    previous = token.kind
  }

  @inline(__always)
  private mutating func begin(at offset: Int, _ sink: inout some LineSink) {
    place = LinePlace(line: place.line + 1, offset: offset, depth: depth)
    used = 0
    sink.begin(place)
  }

  private mutating func split(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    var start = token.start
    // A lone mark stays on the line of its value, so a line may be two bytes longer.
    while used + token.end - start > longestLine, token.end - token.start > 1, !sink.isDone {
      let cut = UTF8Text.cut(bytes, from: start, room: longestLine - used)
      if cut > start { sink.piece(token.kind, start, cut) }
      start = cut
      place = LinePlace(
        line: place.line + 1, offset: start, depth: depth, restEnd: token.end, restKind: token.kind,
        isContinuation: true)
      used = 0
      sink.begin(place)
    }
    sink.piece(token.kind, start, token.end)
    used += token.end - start
  }
}
