/// Rates that forget with a time constant of three seconds. Time is counted in ticks of 10 ms.
struct Decay {
  static let ticksPerSecond = 100.0
  private static let seconds = 3.0
  /// e^(-1/300), squared again and again: the factors for 1, 2, 4, 8… ticks.
  private let powers: InlineArray<13, Float>

  init() {
    var factor = 0.996672216053733
    powers = InlineArray { _ in
      defer { factor *= factor }
      return Float(factor)
    }
  }

  /// What is left of a rate after `ticks`.
  func factor(after ticks: UInt32) -> Float {
    guard ticks < 1 << 13 else {
      return 0
    }
    var result: Float = 1
    var rest = Int(ticks)
    while rest != 0 {
      result *= powers[rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    return result
  }

  /// A rate by all that it has seen in its `ticks` of life: in its first seconds it has not yet had the time to grow to what
  /// comes. The first three seconds count as three, so that one message is not taken for many.
  func corrected(_ rate: Float, after ticks: UInt32) -> Float {
    rate / (1 - factor(after: max(ticks, UInt32(Self.seconds * Self.ticksPerSecond))))
  }

  /// What one message adds to a rate, if it is one of many that came evenly in the last `ticks`.
  func weight(over ticks: UInt32) -> Float {
    guard ticks > 0 else {
      return Float(1 / Self.seconds)
    }
    return (1 - factor(after: ticks)) / (Float(ticks) / Float(Self.ticksPerSecond))
  }
}
