import MQTT
import TOMLKit
import Terminal

/// Single values.
extension ProfileReader {
  mutating func problem(_ key: String, _ sentence: String) {
    problems.append(ProfileProblem(line: statements.line(of: path + [key]), key: key, sentence: sentence))
  }

  mutating func check(_ table: TOMLTable, _ known: [String], at part: [String]) {
    for key in table.keys.sorted() where !known.contains(key) {
      let line = statements.line(of: path + part + [key])
      let sentence = "there is no setting “\(key)”; there are \(known.joined(separator: ", "))"
      problems.append(ProfileProblem(line: line, key: (part + [key]).joined(separator: "."), sentence: sentence))
    }
  }

  mutating func string(_ table: TOMLTable, _ key: String, in part: String? = nil) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      problem(part ?? key, "\(key) has to be text in quotation marks")
      return nil
    }
    return hasNUL(key, in: part) ? nil : text
  }

  /// Tells of a text with U+0000 in it, of which the parser has given only what stands before that.
  mutating func hasNUL(_ key: String, in part: String? = nil) -> Bool {
    let place = path + [part, key].compactMap(\.self)
    guard statements.hasNUL(at: place) else { return false }
    let sentence = "there is a NUL in it (\\u0000), which no value can have"
    let problem = ProfileProblem(line: statements.line(of: place), key: part ?? key, sentence: sentence)
    if !problems.contains(problem) { problems.append(problem) }
    return true
  }

  mutating func bool(_ table: TOMLTable, _ key: String, in part: String? = nil) -> Bool? {
    guard let value = table[key] else { return nil }
    if value.bool == nil { problem(part ?? key, "\(key) is true or false") }
    return value.bool
  }

  mutating func number<Number: FixedWidthInteger>(
    _ table: TOMLTable, _ key: String, _: Number.Type, in part: String? = nil
  ) -> Number? {
    guard let value = table[key] else { return nil }
    guard value.type == .int, let number = value.int.flatMap(Number.init(exactly:)) else {
      problem(part ?? key, "\(key) is a whole number from 0 to \(Number.max)")
      return nil
    }
    return number
  }

  mutating func qos(_ table: TOMLTable, in part: String) -> QoS {
    guard let number = number(table, "qos", UInt8.self, in: part) else { return .atMostOnce }
    guard let qos = QoS(rawValue: number) else {
      problem(part, "qos is 0, 1 or 2")
      return .atMostOnce
    }
    return qos
  }

  mutating func choice(
    _ table: TOMLTable, _ key: String, _ names: [String], in part: String? = nil
  ) -> String? {
    guard let text = string(table, key, in: part) else { return nil }
    guard names.contains(text) else {
      problem(part ?? key, "\(key) is one of \(names.joined(separator: ", "))")
      return nil
    }
    return text
  }

  mutating func table(_ table: TOMLTable, _ key: String, _ known: [String]) -> TOMLTable? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else {
      problem(key, "\(key) has to be a table such as { \(known[0]) = … }")
      return nil
    }
    check(inner, known, at: [key])
    return inner
  }
}
