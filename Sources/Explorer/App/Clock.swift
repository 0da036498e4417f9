import Glibc

/// The two clocks of the machine, in nanoseconds.
package enum Clock {
  static var now: Instant { Instant(wall: read(CLOCK_REALTIME), monotonic: monotonic) }

  package static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
