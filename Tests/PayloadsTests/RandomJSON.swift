/// A small generator that repeats for its seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }
}

/// Documents with everything that JSON has, and damage to them.
enum RandomJSON {
  private static let numbers = ["0", "-1.50", "12e+3", "3.0E-7", "18446744073709551616"]
  private static let characters = ["a", "Z", " ", "é", "€", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", ":", "{", ","]
  private static let marks = Array("{}[],:\"\\0-.eE+tu \n\t".utf8)

  static func document(_ random: inout Seeded, spaced: Bool, longest: Int = 12) -> [UInt8] {
    var bytes: [UInt8] = []
    value(&bytes, depth: 0, &random, spaced, longest)
    return bytes
  }

  static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.remove(at: index)
      case 1: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.insert(random.pick(marks), at: index)
      default: bytes.removeSubrange(index...)
      }
    }
  }

  private static func value(
    _ bytes: inout [UInt8], depth: Int, _ random: inout Seeded, _ spaced: Bool, _ longest: Int
  ) {
    space(&bytes, &random, spaced)
    switch Int.random(in: 0..<(depth > 5 ? 5 : 9), using: &random) {
    case 0: bytes += random.pick(["true", "false", "null"]).utf8
    case 1, 2: bytes += random.pick(numbers).utf8
    case 3, 4: string(&bytes, &random, longest)
    case 5, 6: list(&bytes, "[", "]", &random, spaced) { value(&$0, depth: depth + 1, &$1, spaced, longest) }
    default:
      list(&bytes, "{", "}", &random, spaced) { bytes, random in
        space(&bytes, &random, spaced)
        string(&bytes, &random, longest)
        space(&bytes, &random, spaced)
        bytes.append(UInt8(ascii: ":"))
        value(&bytes, depth: depth + 1, &random, spaced, longest)
      }
    }
    space(&bytes, &random, spaced)
  }

  private static func list(
    _ bytes: inout [UInt8], _ open: String, _ close: String, _ random: inout Seeded, _ spaced: Bool,
    _ element: (inout [UInt8], inout Seeded) -> Void
  ) {
    bytes += open.utf8
    for index in 0..<Int.random(in: 0...4, using: &random) {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element(&bytes, &random)
    }
    space(&bytes, &random, spaced)
    bytes += close.utf8
  }

  private static func string(_ bytes: inout [UInt8], _ random: inout Seeded, _ longest: Int) {
    bytes.append(UInt8(ascii: "\""))
    for _ in 0..<Int.random(in: 0...longest, using: &random) {
      bytes +=
        random.pick(characters).utf8
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func space(_ bytes: inout [UInt8], _ random: inout Seeded, _ spaced: Bool) {
    guard spaced else { return }
    for _ in 0..<max(0, Int.random(in: -3...3, using: &random)) {
      bytes.append(random.pick(Array(" \n\t\r".utf8)))
    }
  }
}

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
