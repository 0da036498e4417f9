import Testing

@testable import Explorer

@Suite struct FormatTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (4_210, "4,210"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `counts have their thousands apart`(value: Int, text: String) {
    #expect(Format.count(value) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1.0k"), (9_449, "9.4k"), (99_949, "99.9k"), (99_951, "100k"), (999_499, "999k"),
    (999_501, "1.0M"), (3_100_000, "3.1M"), (2_500_000_000, "2.5G"),
  ])
  func `short counts fit in five columns`(value: Int, text: String) {
    #expect(Format.shortCount(value) == text)
    #expect(text.count <= 5)
  }

  @Test(arguments: [
    (0, "0 B"), (86, "86 B"), (999, "999 B"), (1_000, "1.0 kB"), (4_100, "4.1 kB"), (999_960, "1.0 MB"),
    (5_000_000, "5.0 MB"), (268_435_455, "268 MB"),
  ])
  func `sizes are decimal`(value: Int, text: String) {
    #expect(Format.size(value) == text)
  }

  @Test(arguments: [
    (0.0, ""), (0.049, ""), (0.05, "0.1/s"), (0.24, "0.2/s"), (9.94, "9.9/s"), (9.96, "10/s"), (38.2, "38/s"),
    (999.4, "999/s"), (999.6, "1.0k/s"), (1_234, "1.2k/s"), (.infinity, "–/s"), (-.infinity, ""), (.nan, ""),
  ])
  func `rates say one decimal while it means something`(value: Double, text: String) {
    #expect(Format.rate(value) == text)
  }

  @Test(arguments: [
    (0, "now"), (999, "now"), (1_000, "1 s"), (59_999, "59 s"), (60_000, "1 m"), (3_599_000, "59 m"),
    (3_600_000, "1 h"), (86_400_000, "1 d"), (-5_000, "now"),
  ])
  func `ages fit in four columns`(milliseconds: Int64, text: String) {
    #expect(Format.age(milliseconds * 1_000_000) == text)
  }

  @Test(arguments: [
    (0, "+0 ms"), (400_000, "+0 ms"), (3_000_000, "+3 ms"), (999_400_000, "+999 ms"), (999_600_000, "+1.0 s"),
    (59_940_000_000, "+59.9 s"), (59_960_000_000, "+1.0 m"), (252_000_000_000, "+4.2 m"),
    (3_600_000_000_000, "+1.0 h"), (86_400_000_000_000, "+1.0 d"), (-1_500_000_000, "-1.5 s"),
  ])
  func `gaps have their sign and unit`(nanoseconds: Int64, text: String) {
    #expect(Format.gap(nanoseconds) == text)
  }

  @Test(arguments: [Int64.min, -1, 0, 1, Int64.max])
  func `no time is too strange to be written`(time: Int64) {
    #expect(Format.time(time).count == 12)
    #expect(!Format.date(time).isEmpty)
    #expect(!Format.age(time).isEmpty)
    #expect(!Format.gap(time).isEmpty)
  }
}
