/// Finds the last line that begins at or before an offset.
struct LineFinder: LineSink {
  private let offset: Int
  private(set) var line: Int
  private(set) var isDone = false

  init(_ offset: Int, from place: LinePlace) {
    self.offset = offset
    line = place.line
  }

  mutating func begin(_ place: LinePlace) {
    if place.offset > offset { isDone = true } else { line = place.line }
  }

  mutating func piece(_ kind: JSONToken.Kind, _ start: Int, _ end: Int) {}
}
