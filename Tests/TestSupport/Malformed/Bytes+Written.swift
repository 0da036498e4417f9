extension [UInt8] {
  /// Bytes written as people write packets: hexadecimal digits, and text in quotes. Spaces mean nothing.
  package init(written text: String) {
    self = []
    for (index, part) in text.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      guard index % 2 == 0 else {
        self += Array(part.utf8)
        continue
      }
      let digits = Array<Character>(part.filter { $0 != " " && $0 != "\n" })
      precondition(digits.count % 2 == 0, "an odd number of digits in \(part)")
      for start in stride(from: 0, to: digits.count, by: 2) {
        guard let byte = UInt8(String(digits[start...start + 1]), radix: 16) else {
          preconditionFailure("no hexadecimal digits in \(part)")
        }
        append(byte)
      }
    }
  }
}
