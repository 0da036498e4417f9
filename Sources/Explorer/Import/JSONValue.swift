import FoundationEssentials

/// A JSON document of another program, as far as we look at it.
indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(_ bytes: [UInt8], file: String) throws(ImportError) {
    do {
      self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw .json(file, "it cannot be read as a whole")
    }
  }

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
    return value
  }

  /// The members of an object by the order of their names.
  var members: [(key: String, value: JSONValue)]? {
    guard case .object(let members) = self else { return nil }
    return members.sorted { $0.key < $1.key }
  }

  var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// Text that is not empty.
  var text: String? {
    guard case .string(let text) = self, !text.isEmpty, !text.utf8.contains(0) else { return nil }
    return text
  }

  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// A whole number, which some programs write as text.
  var int: Int? {
    switch self {
    case .number(let value): Int(exactly: value)
    case .string(let text): Int(text)
    default: nil
    }
  }
}

extension JSONValue: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = Self.attempt({ try container.decode(Bool.self) }) {
      self = .bool(value)
    } else if let value = Self.attempt({ try container.decode(Double.self) }) {
      self = .number(value)
    } else if let value = Self.attempt({ try container.decode(String.self) }) {
      self = .string(value)
    } else if let value = Self.attempt({ try container.decode([JSONValue].self) }) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Nil where the document has another kind of value.
  private static func attempt<Value>(_ decode: () throws -> Value) -> Value? {
    do { return try decode() } catch { return nil }
  }
}
