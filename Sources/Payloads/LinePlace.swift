/// Where a line begins, with all that is needed to go on from there.
struct LinePlace: Sendable {
  var line = 0
  var offset = 0
  /// Open brackets around `offset`; tree layout only.
  var depth = 0
  /// The line continues a token that ends here; 0 when it does not.
  var restEnd = 0
  var restKind = JSONToken.Kind.none
  var isContinuation = false
}

/// Hears where lines begin and what stands on them.
protocol LineSink {
  /// Nothing more is wanted.
  var isDone: Bool { get }
  mutating func begin(_ place: LinePlace)
  mutating func piece(_ kind: JSONToken.Kind, _ start: Int, _ end: Int)
}

/// Breaks a stream of tokens into lines.
protocol LineLayout {
  init(at place: LinePlace)
  mutating func accept(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink)
}

/// The most bytes of the payload that one line shows.
let longestLine = 2_048
