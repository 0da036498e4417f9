import Glibc

/// Numbers, sizes, ages and times as people read them, short enough for a column.
enum Format {
  /// A count with thousands separated: `4,210`.
  static func count(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var grouped = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped
  }

  /// `1 packet`, `4,210 packets`; with a word before them.
  static func packets(_ count: Int, _ which: String = "") -> String {
    "\(Format.count(count)) \(which)\(count == 1 ? "packet" : "packets")"
  }

  /// A count in at most five columns: `812`, `9.4k`, `120k`, `3.1M`.
  static func shortCount(_ value: some BinaryInteger) -> String {
    value.magnitude < 1_000 ? String(value) : scaled(Double(value), by: 1_000, units: ["", "k", "M", "G", "T"])
  }

  /// A size in bytes, decimal as network tools count: `86 B`, `4.1 kB`, `5.0 MB`.
  static func size(_ bytes: some BinaryInteger) -> String {
    bytes.magnitude < 1_000
      ? "\(bytes) B" : scaled(Double(bytes), by: 1_000, units: ["", " kB", " MB", " GB", " TB"])
  }

  /// Messages a second: `0.2/s`, `38/s`, `1.2k/s`; nothing where nothing moves.
  static func rate(_ perSecond: Double) -> String {
    guard perSecond >= 0.05 else { return "" }
    return number(perSecond) + "/s"
  }

  /// A rate without its unit, one decimal while that says something.
  static func number(_ value: Double) -> String {
    measured(value, units: ["", "k", "M", "G", "T"])
  }

  /// A measured number of bytes, such as a rate: `0.2 B`, `86 B`, `4.1 kB`.
  static func bytes(_ value: Double) -> String {
    measured(value, units: [" B", " kB", " MB", " GB", " TB"])
  }

  private static func measured(_ value: Double, units: [String]) -> String {
    guard value.isFinite else { return "–" }
    if value >= 999.5 { return scaled(value, by: 1_000, units: units) }
    return (value < 9.95 ? fixed(value) : String(Int(value.rounded()))) + units[0]
  }

  /// How long ago, in at most four columns: `now`, `2 s`, `14 m`, `3 h`, `12 d`.
  static func age(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    switch seconds {
    case ..<1: return "now"
    case ..<60: return "\(seconds) s"
    case ..<3_600: return "\(seconds / 60) m"
    case ..<86_400: return "\(seconds / 3_600) h"
    default: return "\(seconds / 86_400) d"
    }
  }

  /// A span between two messages: `+3 ms`, `+1.0 s`, `+4.2 m`.
  static func gap(_ nanoseconds: Int64) -> String {
    let sign = nanoseconds < 0 ? "-" : "+"
    let seconds = Double(nanoseconds.magnitude) / 1e9
    switch seconds {
    case ..<0.001: return sign + "0 ms"
    case ..<0.9995: return sign + "\(Int((seconds * 1_000).rounded())) ms"
    case ..<59.95: return sign + fixed(seconds) + " s"
    case ..<3_597: return sign + fixed(seconds / 60) + " m"
    case ..<86_220: return sign + fixed(seconds / 3_600) + " h"
    default: return sign + fixed(seconds / 86_400) + " d"
    }
  }

  /// A duration in the unit that suits it: `0.4 ms`, `12 ms`, `3.1 s`, `48 s`.
  static func elapsed(_ nanoseconds: Int64) -> String {
    let microseconds = max(nanoseconds, 0) / 1_000
    return switch microseconds {
    case ..<1_000: "0.\(microseconds / 100) ms"
    case ..<1_000_000: "\(microseconds / 1_000) ms"
    case ..<10_000_000: "\(microseconds / 1_000_000).\(microseconds / 100_000 % 10) s"
    default: "\(microseconds / 1_000_000) s"
    }
  }

  /// Pairs of hexadecimal digits with a space between them, and a line for each `bytesPerLine` of them.
  static func hexadecimal(_ bytes: [UInt8], bytesPerLine: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 3)
    for (place, byte) in bytes.enumerated() {
      if place > 0 { text.append(place % bytesPerLine == 0 ? .newline : UInt8(ascii: " ")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The local time of day to the millisecond: `12:04:31.221`.
  static func time(_ nanosecondsSince1970: Int64) -> String {
    let local = localTime(nanosecondsSince1970)
    let milliseconds = Int(((nanosecondsSince1970 % 1_000_000_000) + 1_000_000_000) % 1_000_000_000 / 1_000_000)
    return padded(Int(local.tm_hour), 2) + ":" + padded(Int(local.tm_min), 2) + ":"
      + padded(Int(local.tm_sec), 2) + "." + padded(milliseconds, 3)
  }

  /// The local date: `2026-03-01`.
  static func date(_ nanosecondsSince1970: Int64) -> String {
    let local = localTime(nanosecondsSince1970)
    return "\(local.tm_year + 1_900)-" + padded(Int(local.tm_mon) + 1, 2) + "-" + padded(Int(local.tm_mday), 2)
  }

  private static func localTime(_ nanosecondsSince1970: Int64) -> tm {
    var seconds = time_t(nanosecondsSince1970 / 1_000_000_000)
    var local = tm()
    localtime_r(&seconds, &local)
    return local
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func fixed(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func scaled(_ value: Double, by step: Double, units: [String]) -> String {
    var value = value
    var unit = 0
    while value.magnitude >= step * 0.9995, unit < units.count - 1 {
      value /= step
      unit += 1
    }
    let text = value.magnitude < 99.95 ? fixed(value.magnitude) : String(Int(value.magnitude.rounded()))
    return (value < 0 ? "-" : "") + text + units[unit]
  }
}
