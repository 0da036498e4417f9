/// Hears where lines begin and what stands on them.
protocol LineSink {
  /// Nothing more is wanted.
  var isDone: Bool { get }
  mutating func begin(_ place: LinePlace)
  mutating func piece(_ kind: JSONToken.Kind, _ start: Int, _ end: Int)
}
