import Terminal

/// Terminal columns along one line of text.
///
/// A printable ASCII byte before another byte of ASCII is a grapheme of one column, which makes nearly every line
/// a walk over bytes, eight at a time; graphemes are formed only where something else begins. So the end of a line of
/// five megabytes is found in about a millisecond.
enum LineColumns {
  /// The start of a grapheme whose column is known, so that what is near it is found without a walk from the start.
  struct Place: Equatable, Sendable {
    var offset = 0
    var column = 0
  }

  /// The column of the grapheme that begins at `offset`.
  static func column(of offset: Int, in line: String, from known: Place = Place()) -> Int {
    guard offset >= known.offset else {
      return known.column - column(of: known.offset, in: line, from: Place(offset: offset))
    }
    var walk = Walk(line, from: known)
    while walk.offset < offset {
      walk.skipPlain(atMost: offset - walk.offset)
      if walk.offset < offset { walk.step() }
    }
    return walk.column
  }

  /// The start of the grapheme that covers a column, or the end of a line that is shorter.
  static func place(at column: Int, in line: String, from known: Place = Place()) -> Place {
    var walk = Walk(line, from: known)
    while walk.column > column { walk.stepBack() }
    while !walk.isAtEnd {
      walk.skipPlain(atMost: column - walk.column)
      guard !walk.isAtEnd else { break }
      let before = walk
      walk.step()
      if walk.column > column { return Place(offset: before.offset, column: before.column) }
    }
    return Place(offset: walk.offset, column: walk.column)
  }

  private struct Walk {
    let line: String
    let count: Int
    var offset: Int
    var column: Int

    init(_ line: String, from known: Place) {
      self.line = line
      count = line.utf8.count
      offset = known.offset
      column = known.column
    }

    var isAtEnd: Bool { offset >= count }

    /// Passes over graphemes of one printable ASCII byte, up to so many.
    mutating func skipPlain(atMost limit: Int) {
      let bytes = line.utf8.span.bytes
      // The byte before one that is not ASCII may have a mark on it.
      let end = offset + limit < count ? offset + limit : count
      var place = offset
      while place + 9 <= end,
        Walk.isPlain(bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
      {
        place += 8
      }
      // Eight plain bytes were followed by we know not what: the last of them is left for `step`.
      if place > offset { place -= 1 }
      column += place - offset
      offset = place
    }

    /// Whether none of eight bytes is a control, DEL or beyond ASCII.
    private static func isPlain(_ word: UInt64) -> Bool {
      let ones: UInt64 = 0x0101_0101_0101_0101
      let highs = ones << 7
      let isControl = (word &- ones &* 0x20) & ~word & highs
      let delete = word ^ (ones &* 0x7F)
      let isDelete = (delete &- ones) & ~delete & highs
      return (word & highs) | isControl | isDelete == 0
    }

    mutating func stepBack() {
      let end = line.index(utf8: offset)
      let index = line.index(before: end)
      column -= TextWidth.of(String(line[index..<end]))
      offset = line.offset(of: index)
    }

    mutating func step() {
      let index = line.index(utf8: offset)
      let byte = line.utf8[index]
      let next = line.utf8.index(after: index)
      if byte >= 0x20, byte < 0x7F, offset + 1 == count || line.utf8[next] < 0x80 {
        offset += 1
        column += 1
      } else {
        let end = line.index(after: index)
        column += TextWidth.of(String(line[index..<end]))
        offset = line.offset(of: end)
      }
    }
  }
}
