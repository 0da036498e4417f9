/// Counts lines and keeps a place every 64 lines or 2 KiB, whichever comes first, so that any line is found from near by.
struct LineIndex: LineSink, Sendable {
  private(set) var lineCount = 1
  private var places = [LinePlace()]

  var isDone: Bool { false }

  @inline(__always)
  mutating func begin(_ place: LinePlace) {
    lineCount += 1
    let last = places[places.count - 1]
    if place.line - last.line >= 64 || place.offset - last.offset >= 2_048 { places.append(place) }
  }

  @inline(__always)
  mutating func piece(_ kind: JSONToken.Kind, _ start: Int, _ end: Int) {}

  /// The last kept place for which `isBefore` holds; it must hold for all places up to one and for none after.
  func place(where isBefore: (LinePlace) -> Bool) -> LinePlace {
    var low = 0
    var high = places.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if isBefore(places[middle]) { low = middle } else { high = middle }
    }
    return places[low]
  }
}
