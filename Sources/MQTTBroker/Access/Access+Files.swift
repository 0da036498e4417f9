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
  /// Reads rules as mosquitto has them: `user NAME` begins the rules of a user, `topic [read|write|readwrite|deny] FILTER`
  /// is one of them, or before the first user one for clients without a name, and `pattern …` is one for everybody.
  public init(_ text: String) throws(AccessFileError) {
    self.init()
    var holder = Holder.nobody
    for (number, line) in AccessFile.lines(of: text) {
      let (word, rest) = AccessFile.firstWord(of: line)
      guard !rest.isEmpty else { throw AccessFileError(line: number, problem: "has one word where two are due") }
      switch word {
      case "user": holder = .user(String(rest))
      case "topic": try add(rest, for: holder, line: number)
      case "pattern": try add(rest, for: .pattern, line: number)
      default: throw AccessFileError(line: number, problem: "begins with none of user, topic and pattern")
      }
    }
  }

  private mutating func add(_ rest: Substring, for holder: Holder, line: Int) throws(AccessFileError) {
    let kinds: [Substring: [Kind]] = [
      "read": [.read], "write": [.write], "readwrite": [.read, .write], "deny": [.deny],
    ]
    let (word, filter) = AccessFile.firstWord(of: rest)
    let named = kinds[word]
    guard named != nil || filter.isEmpty else {
      throw AccessFileError(line: line, problem: "says “\(word)”, which is none of read, write, readwrite and deny")
    }
    do { try add(named ?? [.read, .write], String(named == nil ? rest : filter), for: holder) } catch {
      throw AccessFileError(line: line, problem: "has no topic filter: \(error)")
    }
  }
}

/// The lines of a file that say something.
private enum AccessFile {
  static func lines(of text: String) -> [(number: Int, text: Substring)] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { number, line in
      let isBlank = { (character: Character) in character == " " || character == "\t" }
      var line = line.drop(while: isBlank)
      while let last = line.last, isBlank(last) { line.removeLast() }
      return line.isEmpty || line.hasPrefix("#") ? nil : (number + 1, line)
    }
  }
  /// A word, and what follows it behind any number of blanks.
  static func firstWord(of line: Substring) -> (word: Substring, rest: Substring) {
    let word = line.prefix { $0 != " " && $0 != "\t" }
    return (word, line[word.endIndex...].drop { $0 == " " || $0 == "\t" })
  }
}
