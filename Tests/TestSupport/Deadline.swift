import Glibc

/// The moment at which a test stops waiting.
package struct Deadline {
  private let end: ContinuousClock.Instant

  package init(in duration: Duration) {
    end = .now + duration
  }

  package var isPast: Bool { ContinuousClock.now >= end }

  /// Milliseconds left, as `poll` wants them; at most `limit`, rounded up so that a wait never spins.
  package func milliseconds(atMost limit: Int32 = .max) -> Int32 {
    let left = (end - .now).components
    let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
    return Int32(clamping: max(0, min(Int64(limit), milliseconds)))
  }
}
