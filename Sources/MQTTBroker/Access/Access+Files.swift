extension Access {
  private static let unknownHash =
    "has no hash that is known behind the name: write one of mqttscope broker --hash-password, or of mosquitto_passwd"

  /// Reads users: `name:credential` a line; empty lines and those that start with `#` say nothing.
  public static func users(_ text: String) throws(AccessFileError) -> [String: Credential] {
    var users: [String: Credential] = [:]
    for (number, line) in AccessFile.lines(of: text) {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
        throw AccessFileError(line: number, problem: "is not name:password-hash")
      }
      guard let credential = Credential(String(line[line.index(after: colon)...])) else {
        throw AccessFileError(line: number, problem: Self.unknownHash)
      }
      guard users.updateValue(credential, forKey: String(line[..<colon])) == nil else {
        throw AccessFileError(line: number, problem: "names a user for the second time")
      }
    }
    return users
  }
}

extension AccessRules {
  /// Reads rules as mosquitto has them: `user NAME` begins the rules of a user, `topic [read|write|readwrite] FILTER`
  /// allows something. Rules before the first user are for everybody; `%u` is the user's name.
  public init(_ text: String) throws(AccessFileError) {
    self.init()
    var user: String?
    for (number, line) in AccessFile.lines(of: text) {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { throw AccessFileError(line: number, problem: "has one word where two are due") }
      switch words[0] {
      case "user": user = words[1]
      case "topic", "pattern": try add(words[1], for: user, line: number)
      default: throw AccessFileError(line: number, problem: "begins with neither user nor topic")
      }
    }
  }

  private mutating func add(_ rest: String, for user: String?, line: Int) throws(AccessFileError) {
    let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
    let kinds: [String: [Kind]] = ["read": [.read], "write": [.write], "readwrite": [.read, .write]]
    let kind = words.count == 2 ? kinds[words[0]] : nil
    let filter = kind == nil ? rest : words[1]
    do { try allow(kind ?? [.read, .write], filter, as: user) } catch {
      throw AccessFileError(line: line, problem: "has no topic filter: \(error)")
    }
  }
}

/// The lines of a file that say something.
private enum AccessFile {
  static func lines(of text: String) -> [(number: Int, text: Substring)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { number, line in
      let line = line.drop { $0 == " " || $0 == "\t" }
      return line.isEmpty || line.hasPrefix("#") ? nil : (number + 1, line)
    }
  }
}
