/// How long to wait before each new attempt to connect: exponential, with full jitter.
///
/// Every wait is a random time between nothing and a ceiling that doubles with each failure, so that a thousand
/// clients of a broker that comes back do not come back together.
public struct Backoff: Equatable, Sendable {
  /// The ceiling of the first wait.
  public var first: Duration
  /// The highest ceiling.
  public var longest: Duration
  /// How long a connection must last before failures are counted anew.
  public var stability: Duration

  /// Waits of 0 to 1 second at first and 0 to 30 seconds at last, if nothing else is said.
  public init(first: Duration = .seconds(1), longest: Duration = .seconds(30), stability: Duration = .seconds(10)) {
    self.first = first
    self.longest = longest
    self.stability = stability
  }

  /// The wait after this many failures in a row, at least one.
  func delay(afterFailures failures: Int, using random: inout some RandomNumberGenerator) -> Int64 {
    let doublings = min(max(failures - 1, 0), 30)
    let ceiling = first.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(doublings))
    let bound = ceiling.overflow ? longest.nanoseconds : min(ceiling.partialValue, longest.nanoseconds)
    return Int64.random(in: 0...max(bound, 0), using: &random)
  }
}
