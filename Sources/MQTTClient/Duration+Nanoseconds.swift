extension Duration {
  /// The duration as a whole number of nanoseconds, at most the largest that fits.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, tooLarge) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return tooLarge ? (seconds < 0 ? .min : .max) : sum
  }
}
