import MQTT
import TOMLKit
import Terminal

/// Reads the table of one profile; what cannot be read becomes a problem, and the rest is read nevertheless.
struct ProfileReader {
  let statements: [TOMLStatement]
  let path: [String]
  var problems: [ProfileProblem] = []

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
