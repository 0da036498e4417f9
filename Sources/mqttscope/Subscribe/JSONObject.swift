import FoundationEssentials
import Terminal

/// A JSON object that is written field by field, in order and without loss.
struct JSONObject {
  private var text: [UInt8] = [UInt8(ascii: "{")]

  /// The whole object.
  var closed: [UInt8] { text + [UInt8(ascii: "}")] }

  /// Adds bytes: as a string if they are UTF-8, else as `name_base64`.
  mutating func add(_ name: String, bytes: ArraySlice<UInt8>) {
    guard let string = String(validating: bytes, as: UTF8.self) else {
      addName(name + "_base64")
      text += "\"\(Data(bytes).base64EncodedString())\"".utf8
      return
    }
    add(name, string: string)
  }

  mutating func add(_ name: String, string: String) {
    addName(name)
    Self.appendQuoted(string, to: &text)
  }

  /// Adds a number, a truth value or an array that is JSON already.
  mutating func add(_ name: String, literal: String) {
    addName(name)
    text += literal.utf8
  }

  mutating func add(_ name: String, object: JSONObject) {
    addName(name)
    text += object.closed
  }

  /// A string as JSON.
  static func quoted(_ string: String) -> String {
    var bytes: [UInt8] = []
    appendQuoted(string, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func addName(_ name: String) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    Self.appendQuoted(name, to: &text)
    text.append(UInt8(ascii: ":"))
  }

  /// Whatever could do something to a terminal is escaped too; a reader of JSON gets it back unharmed.
  private static func appendQuoted(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": bytes += Array("\\\"".utf8)
      case "\\": bytes += Array("\\\\".utf8)
      case "\n": bytes += Array("\\n".utf8)
      case "\r": bytes += Array("\\r".utf8)
      case "\t": bytes += Array("\\t".utf8)
      case _ where Sanitiser.isHarmful(scalar): for unit in scalar.utf16 { bytes += escape(unit).utf8 }
      default: bytes += scalar.utf8
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ unit: UTF16.CodeUnit) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
