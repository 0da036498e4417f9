extension Duration {
  /// The duration in nanoseconds, at most a century, so that it can be added to any time.
  var nanoseconds: Int64 {
    let century: Int64 = 36_525 * 86_400
    let (seconds, attoseconds) = components
    guard abs(seconds) < century else { return (seconds < 0 ? -century : century) * 1_000_000_000 }
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
