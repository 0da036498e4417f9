import MQTT

/// The properties of a message as `name=value` on the command line.
enum PublishProperties {
  static let names = [
    "content-type", "response-topic", "correlation-data", "message-expiry-interval", "payload-format-indicator",
    "topic-alias",
  ]

  /// All properties, those of the standard before those of the user, each in the order given.
  static func parse(standard: [String], user: [String]) throws(Failure) -> Properties {
    var properties = Properties()
    var names: Set<Substring> = []
    for text in standard {
      properties.append(try standardProperty(text))
      let name = text.prefix { $0 != "=" }
      guard names.insert(name).inserted else {
        throw .usage("The property \(name) can be given once only.")
      }
    }
    for text in user {
      guard let (name, value) = split(text) else {
        throw .usage("A user property reads name=value; “\(text)” does not.")
      }
      properties.append(.userProperty(UserProperty(name, value)))
    }
    return properties
  }

  private static func standardProperty(_ text: String) throws(Failure) -> Property {
    guard let (name, value) = split(text) else {
      throw .usage("A property reads name=value; “\(text)” does not.")
    }
    switch name {
    case "content-type": return .contentType(value)
    case "response-topic":
      do { try TopicName.validate(value) } catch { throw .usage("The response-topic \(value.quoted): \(error)") }
      return .responseTopic(value)
    case "correlation-data": return .correlationData(Array(value.utf8))
    case "message-expiry-interval": return .messageExpiryInterval(try number(value, for: name))
    case "topic-alias":
      let alias: UInt16 = try number(value, for: name)
      guard alias > 0 else { throw .usage("The topic-alias is a number from 1 to \(UInt16.max).") }  // [MQTT-3.3.2-8]
      return .topicAlias(alias)
    case "payload-format-indicator":
      guard let format = PayloadFormat(rawValue: try number(value, for: name)) else {
        throw .usage("The payload-format-indicator is 0 (nothing is said) or 1 (UTF-8 text).")
      }
      return .payloadFormatIndicator(format)
    default:
      throw .usage(
        "A message has no property “\(name)”. It can have \(names.joined(separator: ", ")); "
          + "names of your own go with --user-property.")
    }
  }

  private static func number<Number: FixedWidthInteger>(_ text: String, for name: String) throws(Failure) -> Number {
    guard let number = Number(text) else {
      throw .usage("The property \(name) is a number from 0 to \(Number.max); “\(text)” is not.")
    }
    return number
  }

  private static func split(_ text: String) -> (name: String, value: String)? {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }
}
