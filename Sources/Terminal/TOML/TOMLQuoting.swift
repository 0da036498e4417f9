/// Text as TOML writes it.
package enum TOMLQuoting {
  /// Whether a byte may stand in a key without quotation marks.
  package static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// A key, in quotation marks if it needs them.
  package static func key(_ name: String) -> String {
    !name.isEmpty && name.utf8.allSatisfy(isBare) ? name : string(name)
  }

  /// A string in quotation marks.
  package static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  package static func array(_ values: [String]) -> String { "[" + values.joined(separator: ", ") + "]" }

  package static func table(_ values: [(key: String, value: String)]) -> String {
    values.isEmpty ? "{}" : "{ " + values.map { "\(key($0.key)) = \($0.value)" }.joined(separator: ", ") + " }"
  }

  /// What stands between quotation marks, without its escapes.
  package static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var plain = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let kind = rest.popFirst() else {
        plain.append(scalar)
        continue
      }
      switch kind {
      case "n": plain.append("\n")
      case "t": plain.append("\t")
      case "r": plain.append("\r")
      case "b": plain.append("\u{8}")
      case "f": plain.append("\u{c}")
      case "u", "U":
        let digits = rest.prefix(kind == "u" ? 4 : 8)
        rest = rest.dropFirst(digits.count)
        if let code = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(code) { plain.append(scalar) }
      default: plain.append(kind)
      }
    }
    return String(plain)
  }
}
