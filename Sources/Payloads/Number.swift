/// The value of a payload that is one decimal number, with or without white space around it; nil for anything else and for what is
/// beyond a double's range. Besides JSON's numbers it takes what devices send: `+5`, `007`, `.5` and `5.`.
public func number(in bytes: [UInt8]) -> Double? {
  guard let start = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) }),
    last - start < 400, isDecimal(bytes[start...last]),
    let value = Double(String(decoding: bytes[start...last], as: UTF8.self)), value.isFinite
  else { return nil }
  return value
}

private func isSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte >= 0x09 && byte <= 0x0D
}

/// `[+-]? digits with at most one point ([eE] [+-]? digits)?`, so that `inf`, `nan` and hexadecimal are words.
private func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
  var rest = text
  func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
  func skipSign() {
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
  }
  func skipDigits() -> Int {
    let digits = rest.prefix(while: isDigit)
    rest = rest.dropFirst(digits.count)
    return digits.count
  }
  skipSign()
  var digits = skipDigits()
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    digits += skipDigits()
  }
  guard digits > 0 else { return false }
  if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
    rest.removeFirst()
    skipSign()
    guard skipDigits() > 0 else { return false }
  }
  return rest.isEmpty
}
