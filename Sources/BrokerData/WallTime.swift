#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A moment by both clocks: the broker's, which begins anew with each start of the system, and the time of day, which goes on.
struct WallTime {
  /// Nanoseconds from the broker's clock to the time since 1970.
  private let offset: Int64

  /// One moment by both.
  init(monotonic: Int64, wall: Int64) { offset = wall - monotonic }

  /// Nanoseconds since 1970, now.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Milliseconds since 1970 of a moment of the broker's clock; nil if it never comes.
  func milliseconds(_ moment: Int64) -> Int? {
    moment == .max ? nil : Int((moment.addingSaturating(offset)) / 1_000_000)
  }

  /// The moment of the broker's clock; `Int64.max` if it never comes.
  func moment(_ milliseconds: Int?) -> Int64 {
    guard let milliseconds else { return .max }
    // What nobody writes but by hand must not overflow; it is beyond all clocks either way
    let wall = Int64(min(max(milliseconds, 0), Int(Int64.max / 1_000_000))) * 1_000_000
    return min(wall.addingSaturating(-offset), .max - 1)
  }

  /// The moment of the broker's clock of nanoseconds since 1970.
  func moment(nanoseconds: Int64) -> Int64 { nanoseconds.addingSaturating(-offset) }
}

extension Int64 {
  fileprivate func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? other > 0 ? .max : .min : sum
  }
}
