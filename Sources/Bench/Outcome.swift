import Glibc

/// What the runs of a measure gave.
@MainActor
struct Outcome {
  let measure: Measure
  let min: Double
  let median: Double
  let max: Double

  /// Starts a measure, runs it once to warm up, then `runs` times.
  init(of measure: Measure, runs: Int) throws {
    self.measure = measure
    let work = try measure.start()
    _ = try work()
    let values = try (0..<runs).map { _ in try work() }.sorted()
    min = values[0]
    median = values[runs / 2]
    max = values[runs - 1]
  }

  func print(asJSON: Bool) {
    Swift.print(asJSON ? json : line)
    fflush(nil)
  }

  private var line: String {
    let name = measure.name.padded(to: 24)
    let unit = measure.unit.rawValue.padded(to: 3)
    let values = [min, median, max].map { Self.short($0).padded(to: 8, atStart: true) }.joined()
    return "\(name)\(values) \(unit) \(measure.explanation)"
  }

  private var json: String {
    let numbers = [("min", min), ("median", median), ("max", max)].map { "\"\($0)\":\($1)" }.joined(separator: ",")
    return """
      {"name":"\(measure.name)","unit":"\(measure.unit.rawValue)",\(numbers),"explanation":"\(measure.explanation)"}
      """
  }

  /// Three or more digits, in thousands or millions where that is shorter.
  private static func short(_ value: Double) -> String {
    switch value {
    case ..<100: "\((value * 100).rounded() / 100)"
    case ..<10_000: "\(Int(value.rounded()))"
    case ..<10_000_000: "\((value / 100).rounded() / 10)k"
    default: "\((value / 100_000).rounded() / 10)M"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int, atStart: Bool = false) -> String {
    let space = String(repeating: " ", count: Swift.max(0, width - count))
    return atStart ? space + self : self + space
  }
}
