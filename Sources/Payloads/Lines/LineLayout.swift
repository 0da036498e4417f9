/// Breaks a stream of tokens into lines.
protocol LineLayout {
  init(at place: LinePlace)
  mutating func accept(_ token: JSONToken, _ bytes: Span<UInt8>, _ sink: inout some LineSink)
}

/// The most bytes of the payload that one line shows.
let longestLine = 2_048
