/// Tokens and spacing longer than a line, in order, so that nobody scans a megabyte again to find where it ends.
struct LongRuns: Sendable {
  private var runs: [JSONToken] = []

  /// Hears the next token and where the one before it ended.
  @inline(__always)
  mutating func note(_ token: JSONToken, after previous: Int) {
    if token.start - previous > longestLine { runs.append(JSONToken(kind: .space, start: previous, end: token.start)) }
    if token.end - token.start > longestLine { runs.append(token) }
  }

  /// The run that `offset` is the start of or lies in.
  @inline(__always)
  func covering(_ offset: Int) -> JSONToken? {
    runs.isEmpty ? nil : search(offset)
  }

  private func search(_ offset: Int) -> JSONToken? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, runs[low - 1].end > offset else { return nil }
    return runs[low - 1]
  }
}
