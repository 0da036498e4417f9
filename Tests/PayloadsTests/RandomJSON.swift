import TestSupport

/// Documents with everything that JSON has, and damage to them.
enum RandomJSON {
  private static let numbers = ["0", "-1.50", "12e+3", "3.0E-7", "18446744073709551616"]
  private static let characters = ["a", "Z", " ", "é", "€", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", ":", "{", ","]
  private static let marks = Array("{}[],:\"\\0-.eE+tu \n\t".utf8)

  static func document(_ random: inout Chance, spaced: Bool, longest: Int = 12) -> [UInt8] {
    var bytes: [UInt8] = []
    value(&bytes, depth: 0, &random, spaced, longest)
    return bytes
  }

  static func mutate(_ bytes: inout [UInt8], _ random: inout Chance) {
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
    _ bytes: inout [UInt8], depth: Int, _ random: inout Chance, _ spaced: Bool, _ longest: Int
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
    _ bytes: inout [UInt8], _ open: String, _ close: String, _ random: inout Chance, _ spaced: Bool,
    _ element: (inout [UInt8], inout Chance) -> Void
  ) {
    bytes += open.utf8
    for index in 0..<Int.random(in: 0...4, using: &random) {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element(&bytes, &random)
    }
    space(&bytes, &random, spaced)
    bytes += close.utf8
  }

  private static func string(_ bytes: inout [UInt8], _ random: inout Chance, _ longest: Int) {
    bytes.append(UInt8(ascii: "\""))
    for _ in 0..<Int.random(in: 0...longest, using: &random) {
      bytes +=
        random.pick(characters).utf8
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func space(_ bytes: inout [UInt8], _ random: inout Chance, _ spaced: Bool) {
    guard spaced else { return }
    for _ in 0..<max(0, Int.random(in: -3...3, using: &random)) {
      bytes.append(random.pick(Array(" \n\t\r".utf8)))
    }
  }
}
