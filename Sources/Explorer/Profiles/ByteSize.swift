/// A number of bytes as people write it: `256MB`, `1GiB`, `67108864`. K, M and G are powers of 1,024.
package struct ByteSize: Equatable, Sendable, CustomStringConvertible {
  package let bytes: Int

  package static let smallestMemory = ByteSize(bytes: 64 << 20)

  package init(bytes: Int) {
    self.bytes = bytes
  }

  package init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let shifts = ["": 0, "B": 0, "K": 10, "M": 20, "G": 30]
    var unit = argument.dropFirst(digits.count).drop { $0 == " " }.uppercased()
    for ending in ["IB", "B"] where unit.count > ending.count && unit.hasSuffix(ending) {
      unit.removeLast(ending.count)
      break
    }
    guard let number = Int(digits), let shift = shifts[unit] else { return nil }
    let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !isTooLarge else { return nil }
    self.bytes = bytes
  }

  package var description: String {
    for (shift, unit) in [(30, "GB"), (20, "MB"), (10, "KB")] where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(unit)"
    }
    return "\(bytes)"
  }
}
