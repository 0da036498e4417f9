/// Text as it was sent: lines end with a line feed. Tokens, where there are any, only colour it; what lies between them is spacing.
struct TextLayout: LineLayout {
  private var place: LinePlace
  private var used = 0
  private var position: Int

  init(at place: LinePlace) {
    self.place = place
    position = place.offset
  }

  @inline(__always)
  mutating func accept(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    if token.start > position { space(to: token.start, bytes, &sink) }
    if token.end > position { put(token, bytes, &sink) }
  }

  /// The text between two tokens; of plain text, all of it.
  private mutating func space(to end: Int, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    while position < end, !sink.isDone {
      let limit = min(end, position + longestLine - used + 1)
      let lineEnd = lineFeed(bytes, from: position, to: limit)
      if lineEnd < limit {
        if lineEnd > position { sink.piece(.space, position, lineEnd) }
        position = lineEnd + 1
        place = LinePlace(line: place.line + 1, offset: position)
        used = 0
        sink.begin(place)
      } else {
        put(JSONToken(kind: .space, start: position, end: limit), bytes, &sink)
      }
    }
  }

  private func lineFeed(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
    let raw = bytes.bytes
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    while index &+ 8 <= end {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian ^ (0x0A &* ones)
      let found = (word &- ones) & ~word & (0x80 &* ones)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < end, bytes[index] != 0x0A { index += 1 }
    return index
  }

  /// Puts a run without line feeds, cutting it where the line is full.
  @inline(__always)
  private mutating func put(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    position = token.start
    if used + token.end - token.start > longestLine { split(token, bytes, &sink) }
    sink.piece(token.kind, position, token.end)
    used += token.end - position
    position = token.end
  }

  private mutating func split(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink) {
    while used + token.end - position > longestLine, !sink.isDone {
      let cut = UTF8Text.cut(bytes, from: position, room: longestLine - used)
      if cut > position { sink.piece(token.kind, position, cut) }
      position = cut
      place = LinePlace(
        line: place.line + 1, offset: position, restEnd: token.kind == .space ? 0 : token.end, restKind: token.kind,
        isContinuation: true)
      used = 0
      sink.begin(place)
    }
  }
}
