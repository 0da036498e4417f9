#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Days as people read them.
package enum Calendar {
  /// The day in UTC of a second since 1970: `2026-11-27`.
  package static func date(_ second: Int64) -> String {
    var time = time_t(second)
    var parts = tm()
    guard gmtime_r(&time, &parts) != nil else { return "a day that no calendar has" }
    return "\(Int(parts.tm_year) + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
  }

  static var today: String { date(WallClock.now / 1_000_000_000) }

  private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
