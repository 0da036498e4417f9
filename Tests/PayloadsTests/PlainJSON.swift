/// JSON read the plain way: by recursion over scalars. It is slow, short, and knows nothing of the code it is compared with.
struct PlainJSON {
  private var rest: Substring.UnicodeScalarView

  static func isValid(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    var reader = PlainJSON(rest: text[...].unicodeScalars)
    return reader.value() && reader.rest.isEmpty
  }

  /// White space without tokens before and after; strings kept.
  static func withoutSpace(_ bytes: [UInt8]) -> [UInt8] {
    var isInString = false
    var isEscaped = false
    return bytes.filter { byte in
      if isInString {
        if isEscaped { isEscaped = false } else if byte == 0x5C { isEscaped = true } else { isInString = byte != 0x22 }
        return true
      }
      isInString = byte == 0x22
      return ![0x20, 0x0A, 0x0D, 0x09].contains(byte)
    }
  }

  private mutating func value() -> Bool {
    space()
    let isValue: Bool
    switch rest.first {
    case "[": isValue = list("]") { $0.value() }
    case "{": isValue = list("}") { $0.space() && $0.string() && $0.space() && $0.take(":") && $0.value() }
    case "\"": isValue = string()
    case "t": isValue = "true".unicodeScalars.allSatisfy { take($0) }
    case "f": isValue = "false".unicodeScalars.allSatisfy { take($0) }
    case "n": isValue = "null".unicodeScalars.allSatisfy { take($0) }
    default: isValue = number()
    }
    return isValue && space()
  }

  private mutating func list(_ close: Unicode.Scalar, _ element: (inout Self) -> Bool) -> Bool {
    rest.removeFirst()
    space()
    if take(close) { return true }
    repeat {
      guard element(&self) else { return false }
      space()
    } while take(",")
    return take(close)
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return true }
      if scalar.value < 0x20 { return false }
      guard scalar == "\\" else { continue }
      guard let escape = rest.popFirst(), "\"\\/bfnrtu".unicodeScalars.contains(escape) else { return false }
      if escape == "u" {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ "0123456789abcdefABCDEF".unicodeScalars.contains($0) }) else {
          return false
        }
        rest.removeFirst(4)
      }
    }
    return false
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0"), digits() == 0 { return false }
    if take("."), digits() == 0 { return false }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      return digits() > 0
    }
    return true
  }

  private mutating func digits() -> Int {
    let digits = rest.prefix { "0123456789".unicodeScalars.contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.count
  }

  @discardableResult
  private mutating func space() -> Bool {
    rest = rest.drop { " \n\r\t".unicodeScalars.contains($0) }
    return true
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }
}
