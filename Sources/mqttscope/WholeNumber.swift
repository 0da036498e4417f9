import ArgumentParser

/// Whole numbers as values of options.
///
/// An option with such a value takes the next word whatever it is (`parsing: .unconditional`): a negative number would be
/// taken for an option, and the value be called missing.
enum WholeNumber {
  /// Reads a number, or says which ones are allowed.
  static func of<Number: FixedWidthInteger & Sendable>(
    _ range: ClosedRange<Number>
  ) -> @Sendable (String) throws -> Number {
    { text in
      guard let number = Number(text), range.contains(number) else {
        let end = range.upperBound == .max && Number.bitWidth > 32 ? "on" : "to \(range.upperBound)"
        throw ValidationError("it is a whole number from \(range.lowerBound) \(end).")
      }
      return number
    }
  }
}
