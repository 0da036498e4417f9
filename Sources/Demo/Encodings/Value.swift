/// A value that devices write in JSON, CBOR or MessagePack.
indirect enum Value: Equatable, Sendable {
  case map([(name: String, value: Value)])
  case list([Value])
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case bytes([UInt8])

  static func == (a: Value, b: Value) -> Bool { a.cbor == b.cbor }
}

extension Value: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
  init(dictionaryLiteral elements: (String, Value)...) { self = .map(elements.map { (name: $0.0, value: $0.1) }) }
  init(arrayLiteral elements: Value...) { self = .list(elements) }
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension Value {
  /// RFC 8259, without spaces; bytes as a list of numbers.
  var json: String {
    switch self {
    case .map(let pairs): "{" + pairs.map { Self.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .text(let text): Self.quoted(text)
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .flag(let flag): flag ? "true" : "false"
    case .bytes(let bytes): "[" + bytes.map { "\($0)" }.joined(separator: ",") + "]"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
