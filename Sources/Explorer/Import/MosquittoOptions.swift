import MQTT

/// What the options say, one after the other.
struct MosquittoOptions {
  private var host = "localhost"
  private var port: Int?
  private var isTLS = false
  private var isWebSocket = false
  private var url: String?
  private var qos = QoS.atMostOnce
  private var topics: [String] = []
  private var will = ProfileWill()
  /// What comes of them, but for what only all of them together tell.
  private var imported = Imported.Connection(name: "", Profile())

  /// Options that stand alone.
  private static let flags = [
    "-c", "--disable-clean-session", "--insecure", "--tls-use-os-certs", "--will-retain", "--ws",
  ]

  mutating func leaveOut(_ what: String) { imported.leaveOut(what) }

  mutating func take(_ option: String, _ value: String) {
    let isKnown: Bool
    if value.isEmpty, !Self.flags.contains(option) {
      var trial = self
      isKnown = trial.takes(option, value)
      if isKnown { return leaveOut("the option \(option), which has no value") }
    } else {
      isKnown = takes(option, value)
    }
    if !isKnown { leaveOut("the option \(option)") }
  }

  private mutating func takes(_ option: String, _ value: String) -> Bool {
    takeConnection(option, value) || takeSession(option, value) || takeTLS(option, value) || takeWill(option, value)
  }

  private mutating func takeConnection(_ option: String, _ value: String) -> Bool {
    switch option {
    case "-h", "--host": host = value
    case "-p", "--port":
      takePort(value)
      if port == 8883 { isTLS = true }
    case "-L", "--url": takeURL(value)
    case "-u", "--username": imported.profile.username = value
    case "-P", "--pw": imported.password = value
    case "--proxy": imported.profile.proxy = value
    case "--unix": url = "unix://\(value)"
    case "--ws": isWebSocket = true
    default: return false
    }
    return true
  }

  private mutating func takeSession(_ option: String, _ value: String) -> Bool {
    switch option {
    case "-i", "--id": imported.profile.clientID = value
    case "-t", "--topic": topics.append(value)
    case "-q", "--qos": qos = takeQoS(value, of: option) ?? qos
    case "-k", "--keepalive": imported.profile.keepAlive = number(value, of: option)
    case "-c", "--disable-clean-session": imported.profile.cleanStart = false
    case "-x", "--session-expiry-interval": imported.profile.sessionExpiry = number(value, of: option)
    case "-V", "--protocol-version": takeVersion(value)
    default: return false
    }
    return true
  }

  private mutating func takeTLS(_ option: String, _ value: String) -> Bool {
    switch option {
    case "--cafile": imported.profile.tls.authorities = value
    case "--cert": imported.profile.tls.certificate = value
    case "--key": imported.profile.tls.key = value
    case "--insecure": imported.profile.tls.verifies = false
    case "--tls-alpn": imported.profile.tls.protocols = [value]
    case "--tls-version":
      let version = value.hasPrefix("tlsv") ? String(value.dropFirst(4)) : value
      imported.profile.tls.minimumVersion = ProfileField.minimumVersion.choices.dropFirst().first { $0 == version }
      if imported.profile.tls.minimumVersion == nil {
        leaveOut("TLS \(Imported.quoted(value)); 1.2 is the oldest that is spoken")
      }
    case "--tls-use-os-certs": break
    default: return false
    }
    isTLS = true
    return true
  }

  private mutating func takeWill(_ option: String, _ value: String) -> Bool {
    switch option {
    case "--will-topic": will.topic = value
    case "--will-payload": will.payload = value
    case "--will-qos": will.qos = takeQoS(value, of: option) ?? will.qos
    case "--will-retain": will.isRetained = true
    default: return false
    }
    return true
  }

  var connection: Imported.Connection {
    var connection = imported
    let scheme = isWebSocket ? (isTLS ? "wss" : "ws") : isTLS ? "mqtts" : "mqtt"
    connection.name = url == nil ? host : "local"
    // What would mean something else in a URL is none in one, and is told of as that
    let isHost = !host.contains { "/?#@".contains($0) }
    connection.profile.url = url ?? (isHost ? Imported.url(scheme: scheme, host: host, port: port) : "")
    connection.profile.subscriptions = topics.map { Subscription(filter: $0, qos: qos, retainAsPublished: true) }
    if !will.topic.isEmpty {
      connection.profile.will = will
    } else if will != ProfileWill() {
      connection.leaveOut("the will, which has no topic")
    }
    return connection
  }
}

/// Single values.
extension MosquittoOptions {
  /// `mqtt(s)://[user[:password]@]host[:port]/topic`.
  private mutating func takeURL(_ text: String) {
    guard let mark = text.firstRange(of: "://"), ["mqtt", "mqtts"].contains(text[..<mark.lowerBound]) else {
      return leaveOut("the URL of -L, which begins with neither mqtt:// nor mqtts://")
    }
    isTLS = text.hasPrefix("mqtts")
    var rest = text[mark.upperBound...]
    if let slash = rest.firstIndex(of: "/") {
      let topic = rest[rest.index(after: slash)...]
      if !topic.isEmpty { topics.append(String(topic)) }
      rest = rest[..<slash]
    }
    if let at = rest.lastIndex(of: "@") {
      let user = rest[..<at].split(separator: ":", maxSplits: 1)
      imported.profile.username = user.first.map(String.init)
      if user.count == 2 { imported.password = String(user[1]) }
      rest = rest[rest.index(after: at)...]
    }
    let parts = rest.split(separator: ":", maxSplits: 1)
    host = parts.first.map(String.init) ?? host
    if parts.count == 2 { takePort(String(parts[1])) }
  }

  private mutating func takePort(_ text: String) {
    port = Int(text).flatMap { (1...65_535).contains($0) ? $0 : nil }
    if port == nil { leaveOut("the port \(Imported.quoted(text)); ports are from 1 to 65535") }
  }

  private mutating func takeVersion(_ text: String) {
    switch text {
    case "5", "mqttv5": imported.profile.version = .v5
    case "311", "mqttv311": imported.profile.version = .v3_1_1
    case "31", "mqttv31":
      imported.profile.version = .v3_1_1
      imported.remarks.append("MQTT 3.1 is taken as 3.1.1.")
    default: leaveOut("MQTT \(Imported.quoted(text)); 5 and 3.1.1 are spoken")
    }
  }

  private mutating func takeQoS(_ text: String, of option: String) -> QoS? {
    if let qos = UInt8(text).flatMap(QoS.init(rawValue:)) { return qos }
    leaveOut("\(option) \(Imported.quoted(text)), which is no QoS")
    return nil
  }

  /// The number that an option has, if it is one for it; what is none is told.
  private mutating func number<Number: FixedWidthInteger>(_ text: String, of option: String) -> Number? {
    if let number = Number(text) { return number }
    leaveOut("\(option) \(Imported.quoted(text)), which is no number for it")
    return nil
  }
}
