import MQTT
import Payloads

/// Why a typed MQTT 5 property cannot be sent.
enum OptionError: Error, Equatable, CustomStringConvertible {
  case responseTopic(TopicError)
  case correlation(InputError)
  case expiry(String)
  case userProperty(line: Int)

  /// The field to correct.
  var field: FormField {
    switch self {
    case .responseTopic: .responseTopic
    case .correlation: .correlation
    case .expiry: .expiry
    case .userProperty: .userProperties
    }
  }

  var description: String {
    switch self {
    case .responseTopic(let error): "Response topic: \(error)"
    case .correlation(let error): "Correlation data: \(error.problem.sentence)"
    case .expiry(let text): "“\(text)” is not a time to live: give seconds up to 4,294,967,295, or 90s, 5m, 2h, 1d."
    case .userProperty(let line): "Line \(line) of the user properties has no “=”: write name=value."
    }
  }
}

extension PublishOptions {
  /// The properties in the order of the form; throws the first that is wrong.
  func properties() throws(OptionError) -> Properties {
    var list: [Property] = []
    if isPayloadText { list.append(.payloadFormatIndicator(.utf8)) }
    if let seconds = try seconds() { list.append(.messageExpiryInterval(seconds)) }
    if !contentType.isEmpty { list.append(.contentType(contentType)) }
    if !responseTopic.isEmpty {
      // [MQTT-3.3.2-14]: a response topic has no wildcards.
      do { try TopicName.validate(responseTopic) } catch { throw .responseTopic(error) }
      list.append(.responseTopic(responseTopic))
    }
    if !correlation.isEmpty { list.append(.correlationData(try correlationData())) }
    for pair in try pairs() { list.append(.userProperty(pair)) }
    return Properties(list)
  }

  /// The fields that say these properties again; those that a publisher does not choose are left out.
  init(_ properties: Properties) {
    isPayloadText = properties.payloadFormatIndicator == .utf8
    contentType = properties.contentType ?? ""
    responseTopic = properties.responseTopic ?? ""
    expiry = properties.messageExpiryInterval.map { "\($0)" } ?? ""
    userProperties = properties.userProperties.map(Self.line).joined(separator: "\n")
    guard let data = properties.correlationData else { return }
    let text = String(validating: data, as: UTF8.self)
    let isPlain = text.map { !$0.hasPrefix("0x") && $0.utf8.allSatisfy { $0 >= 0x20 } } ?? false
    correlation = isPlain ? text ?? "" : "0x" + Format.hexadecimal(data, bytesPerLine: .max)
  }

  private func seconds() throws(OptionError) -> UInt32? {
    guard let last = expiry.utf8.last else { return nil }
    let units: [UInt8: UInt64] = [
      UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3_600, UInt8(ascii: "d"): 86_400,
    ]
    let unit = units[last]
    let digits = unit == nil ? Substring(expiry) : expiry.dropLast()
    guard let number = UInt32(digits), digits.utf8.first != UInt8(ascii: "+"),
      let seconds = UInt32(exactly: UInt64(number) * (unit ?? 1))
    else { throw .expiry(expiry) }
    return seconds
  }

  private func correlationData() throws(OptionError) -> [UInt8] {
    guard correlation.hasPrefix("0x") else { return Array(correlation.utf8) }
    do {
      return try InputFormat.hex.encode(String(correlation.dropFirst(2)))
    } catch {
      throw .correlation(error)
    }
  }

  /// The lines as pairs: the first `=` that has no `\` before it divides; `\n`, `\=` and `\\` stand for what they show.
  private func pairs() throws(OptionError) -> [UserProperty] {
    var pairs: [UserProperty] = []
    for (place, line) in userProperties.utf8.split(separator: .newline, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      guard let pair = Self.pair(line) else { throw .userProperty(line: place + 1) }
      pairs.append(pair)
    }
    return pairs
  }

  private static func pair(_ line: Substring.UTF8View) -> UserProperty? {
    var name: [UInt8]?
    var text: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        text.append(byte == UInt8(ascii: "n") ? .newline : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "="), name == nil {
        name = text
        text = []
      } else {
        text.append(byte)
      }
    }
    if isEscaped { text.append(UInt8(ascii: "\\")) }
    guard let name else { return nil }
    return UserProperty(String(decoding: name, as: UTF8.self), String(decoding: text, as: UTF8.self))
  }

  private static func line(_ pair: UserProperty) -> String {
    escaped(pair.name, alsoEquals: true) + "=" + escaped(pair.value, alsoEquals: false)
  }

  private static func escaped(_ text: String, alsoEquals: Bool) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isSpecial = byte == UInt8(ascii: "\\") || byte == .newline || (alsoEquals && byte == UInt8(ascii: "="))
      if isSpecial { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte == .newline ? UInt8(ascii: "n") : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
