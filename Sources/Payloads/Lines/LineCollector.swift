/// Remembers the pieces of one line, up to a number of bytes.
struct LineCollector: LineSink {
  private let wanted: Int
  private var room: Int
  private(set) var place: LinePlace
  private(set) var pieces: [JSONToken] = []
  private(set) var isDone = false

  init(_ line: Int, prefix: Int, from place: LinePlace) {
    wanted = line
    room = max(1, prefix)
    self.place = place
  }

  mutating func begin(_ place: LinePlace) {
    if place.line > wanted { isDone = true } else { self.place = place }
  }

  mutating func piece(_ kind: JSONToken.Kind, _ start: Int, _ end: Int) {
    guard !isDone, place.line == wanted else { return }
    pieces.append(JSONToken(kind: kind, start: start, end: end))
    room -= end - start
    if room <= 0 { isDone = true }
  }
}
