import MQTT
import TOMLKit
import Terminal

/// Reads the table of one profile; what cannot be read becomes a problem, and the rest is read nevertheless.
struct ProfileReader {
  private let statements: [TOMLStatement]
  private let path: [String]
  private(set) var problems: [ProfileProblem] = []

  /// - Parameter statements: Those of the document that the profile is written in.
  init(_ statements: [TOMLStatement], path: [String]) {
    self.statements = statements
    self.path = path
  }

  mutating func profile(_ table: TOMLTable) -> Profile {
    check(table, Profile.keys, at: [])
    var profile = Profile()
    profile.url = string(table, "url") ?? ""
    if table["url"] == nil { problem("url", "it has no url, such as \"mqtt://host:1883\"") }
    profile.clientID = string(table, "client_id")
    profile.username = string(table, "username")
    profile.password = password(table)
    profile.version = choice(table, "protocol", Profile.Version.allCases.map(\.rawValue)).flatMap(Profile.Version.init)
    profile.cleanStart = bool(table, "clean_start")
    profile.sessionExpiry = number(table, "session_expiry", UInt32.self)
    profile.keepAlive = number(table, "keep_alive", UInt16.self)
    profile.will = self.table(table, "will", Profile.willKeys).map { will($0) }
    profile.subscriptions = subscriptions(table)
    if let tls = self.table(table, "tls", Profile.tlsKeys) { profile.tls = self.tls(tls) }
    profile.headers = headers(table)
    profile.proxy = string(table, "proxy")
    profile.memory = memory(table)
    profile.isReadOnly = bool(table, "read_only")
    profile.theme = string(table, "theme")
    return profile
  }

  private mutating func password(_ table: TOMLTable) -> PasswordSource? {
    let sources: [PasswordSource?] = [
      string(table, "password_file").map(PasswordSource.file),
      string(table, "password_command").map(PasswordSource.command),
      string(table, "password_env").map(PasswordSource.environment),
      string(table, "password").map(PasswordSource.written),
    ]
    let said = sources.compactMap(\.self)
    if said.count > 1 { problem("password", "it has more than one source of the password; one is enough") }
    return said.first
  }

  private mutating func will(_ table: TOMLTable) -> ProfileWill {
    var will = ProfileWill()
    will.topic = string(table, "topic", in: "will") ?? ""
    if table["topic"] == nil { problem("will", "its will has no topic") }
    will.payload = string(table, "payload", in: "will") ?? ""
    will.qos = qos(table, in: "will")
    will.isRetained = bool(table, "retain", in: "will") ?? false
    will.delay = number(table, "delay", UInt32.self, in: "will")
    return will
  }

  private mutating func subscriptions(_ table: TOMLTable) -> [Subscription] {
    guard let value = table["subscriptions"] else { return [] }
    guard let array = value.array else {
      problem("subscriptions", "subscriptions has to be a list such as [{ filter = \"home/#\", qos = 1 }]")
      return []
    }
    guard !hasNUL("subscriptions") else { return [] }
    return (0..<array.count).compactMap { index in
      if let filter = array[index].string { return Subscription(filter: filter, retainAsPublished: true) }
      guard let table = array[index].table, let filter = table["filter"]?.string else {
        problem("subscriptions", "each of its subscriptions needs a filter, as in { filter = \"home/#\" }")
        return nil
      }
      check(table, Profile.subscriptionKeys, at: ["subscriptions"])
      let handling = number(table, "retain_handling", UInt8.self, in: "subscriptions") ?? 0
      if handling > 2 { problem("subscriptions", "retain_handling is 0, 1 or 2") }
      return Subscription(
        filter: filter, qos: qos(table, in: "subscriptions"),
        noLocal: bool(table, "no_local", in: "subscriptions") ?? false,
        retainAsPublished: bool(table, "retain_as_published", in: "subscriptions") ?? true,
        retainHandling: Subscription.RetainHandling(rawValue: handling) ?? .send)
    }
  }

  private mutating func tls(_ table: TOMLTable) -> ProfileTLS {
    var tls = ProfileTLS()
    tls.authorities = string(table, "ca_file", in: "tls")
    tls.certificate = string(table, "certificate", in: "tls")
    tls.key = string(table, "key", in: "tls")
    tls.serverName = string(table, "server_name", in: "tls")
    tls.verifies = bool(table, "verify", in: "tls")
    tls.pin = string(table, "pin", in: "tls")
    tls.minimumVersion = choice(table, "min_version", ["1.2", "1.3"], in: "tls")
    if let value = table["alpn"], !hasNUL("alpn", in: "tls") {
      let names = value.array.map { array in (0..<array.count).compactMap { array[$0].string } } ?? []
      if names.count != value.array?.count { problem("tls", "alpn has to be a list of texts, such as [\"mqtt\"]") }
      tls.protocols = names
    }
    return tls
  }

  private mutating func headers(_ table: TOMLTable) -> [ProfileHeader] {
    guard let socket = self.table(table, "websocket", ["headers"]), let value = socket["headers"] else { return [] }
    guard let headers = value.table else {
      problem("websocket", "headers has to be a table such as { Authorization = \"…\" }")
      return []
    }
    return headers.keys.sorted().compactMap { name in
      string(headers, name, in: "websocket").map { ProfileHeader(name: name, value: $0) }
    }
  }

  private mutating func memory(_ table: TOMLTable) -> ByteSize? {
    guard let text = string(table, "memory") else { return nil }
    guard let size = ByteSize(argument: text), size.bytes >= ByteSize.smallestMemory.bytes else {
      problem("memory", "memory is a size of \(ByteSize.smallestMemory) at least, such as \"256MB\"")
      return nil
    }
    return size
  }
}

/// Single values.
extension ProfileReader {
  private mutating func problem(_ key: String, _ sentence: String) {
    problems.append(ProfileProblem(line: statements.line(of: path + [key]), key: key, sentence: sentence))
  }

  private mutating func check(_ table: TOMLTable, _ known: [String], at part: [String]) {
    for key in table.keys.sorted() where !known.contains(key) {
      let line = statements.line(of: path + part + [key])
      let sentence = "there is no setting “\(key)”; there are \(known.joined(separator: ", "))"
      problems.append(ProfileProblem(line: line, key: (part + [key]).joined(separator: "."), sentence: sentence))
    }
  }

  private mutating func string(_ table: TOMLTable, _ key: String, in part: String? = nil) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      problem(part ?? key, "\(key) has to be text in quotation marks")
      return nil
    }
    return hasNUL(key, in: part) ? nil : text
  }

  /// Tells of a text with U+0000 in it, of which the parser has given only what stands before that.
  private mutating func hasNUL(_ key: String, in part: String? = nil) -> Bool {
    let place = path + [part, key].compactMap(\.self)
    guard statements.hasNUL(at: place) else { return false }
    let sentence = "there is a NUL in it (\\u0000), which no value can have"
    let problem = ProfileProblem(line: statements.line(of: place), key: part ?? key, sentence: sentence)
    if !problems.contains(problem) { problems.append(problem) }
    return true
  }

  private mutating func bool(_ table: TOMLTable, _ key: String, in part: String? = nil) -> Bool? {
    guard let value = table[key] else { return nil }
    if value.bool == nil { problem(part ?? key, "\(key) is true or false") }
    return value.bool
  }

  private mutating func number<Number: FixedWidthInteger>(
    _ table: TOMLTable, _ key: String, _: Number.Type, in part: String? = nil
  ) -> Number? {
    guard let value = table[key] else { return nil }
    guard value.type == .int, let number = value.int.flatMap(Number.init(exactly:)) else {
      problem(part ?? key, "\(key) is a whole number from 0 to \(Number.max)")
      return nil
    }
    return number
  }

  private mutating func qos(_ table: TOMLTable, in part: String) -> QoS {
    guard let number = number(table, "qos", UInt8.self, in: part) else { return .atMostOnce }
    guard let qos = QoS(rawValue: number) else {
      problem(part, "qos is 0, 1 or 2")
      return .atMostOnce
    }
    return qos
  }

  private mutating func choice(
    _ table: TOMLTable, _ key: String, _ names: [String], in part: String? = nil
  ) -> String? {
    guard let text = string(table, key, in: part) else { return nil }
    guard names.contains(text) else {
      problem(part ?? key, "\(key) is one of \(names.joined(separator: ", "))")
      return nil
    }
    return text
  }

  private mutating func table(_ table: TOMLTable, _ key: String, _ known: [String]) -> TOMLTable? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else {
      problem(key, "\(key) has to be a table such as { \(known[0]) = … }")
      return nil
    }
    check(inner, known, at: [key])
    return inner
  }
}
