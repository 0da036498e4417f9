/// The message rate of the last seconds, one sample a second.
struct RateCurve {
  private(set) var samples: [Double] = []
  private var sampledAt: Int64?
  private static let count = 12

  /// Takes a sample if a second has passed since the last one.
  mutating func add(_ rate: Double, at monotonic: Int64) {
    if let sampledAt, monotonic - sampledAt < 1_000_000_000 { return }
    sampledAt = monotonic
    samples.append(rate)
    if samples.count > Self.count { samples.removeFirst() }
  }
}
