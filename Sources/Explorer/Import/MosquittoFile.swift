import MQTT

/// The options of `mosquitto_sub` and its kin, as in `~/.config/mosquitto_sub`: one a line, with its value behind it.
enum MosquittoFile {
  /// The broker that the options describe; nil if no line is an option.
  static func connection(_ text: String) -> Imported.Connection? {
    var options = Options()
    var isAny = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      guard !line.isEmpty, line.first != "#" else { continue }
      guard line.first == "-" else { return nil }
      isAny = true
      let name = line.prefix { $0 != " " && $0 != "\t" && $0 != "=" }
      let value = line.dropFirst(name.count).drop { $0 == " " || $0 == "\t" || $0 == "=" }
      options.take(String(name), String(value))
    }
    return isAny ? options.connection : nil
  }

  private struct Options {
    private var host = "localhost"
    private var port: Int?
    private var isTLS = false
    private var isWebSocket = false
    private var url: String?
    private var qos = QoS.atMostOnce
    private var topics: [String] = []
    private var profile = Profile()
    private var will = ProfileWill()
    private var password: String?
    private var remarks: [String] = []

    mutating func take(_ option: String, _ value: String) {
      guard !takeConnection(option, value), !takeTLS(option, value), !takeWill(option, value) else { return }
      remarks.append("Not carried over: the option \(option).")
    }

    private mutating func takeConnection(_ option: String, _ value: String) -> Bool {
      switch option {
      case "-h", "--host": host = value
      case "-p", "--port":
        takePort(value)
        if port == 8883 { isTLS = true }
      case "-L", "--url": takeURL(value)
      case "-u", "--username": profile.username = value
      case "-P", "--pw": password = value
      case "-i", "--id": profile.clientID = value
      case "-t", "--topic": topics.append(value)
      case "-q", "--qos": qos = number(value, of: option).flatMap(QoS.init(rawValue:)) ?? qos
      case "-k", "--keepalive": profile.keepAlive = number(value, of: option)
      case "-c", "--disable-clean-session": profile.cleanStart = false
      case "-x", "--session-expiry-interval": profile.sessionExpiry = number(value, of: option)
      case "-V", "--protocol-version":
        profile.version = ["5", "mqttv5"].contains(value) ? .v5 : .v3_1_1
        if ["31", "mqttv31"].contains(value) { remarks.append("MQTT 3.1 is taken as 3.1.1.") }
      case "--proxy": profile.proxy = value
      case "--unix": url = "unix://\(value)"
      case "--ws": isWebSocket = true
      default: return false
      }
      return true
    }

    private mutating func takeTLS(_ option: String, _ value: String) -> Bool {
      switch option {
      case "--cafile": profile.tls.authorities = value
      case "--cert": profile.tls.certificate = value
      case "--key": profile.tls.key = value
      case "--insecure": profile.tls.verifies = false
      case "--tls-alpn": profile.tls.protocols = [value]
      case "--tls-version":
        let version = value.hasPrefix("tlsv") ? String(value.dropFirst(4)) : value
        profile.tls.minimumVersion = ProfileField.minimumVersion.choices.dropFirst().first { $0 == version }
        if profile.tls.minimumVersion == nil {
          remarks.append("Not carried over: TLS “\(value)”; 1.2 is the oldest that is spoken.")
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
      case "--will-qos": will.qos = UInt8(value).flatMap(QoS.init(rawValue:)) ?? .atMostOnce
      case "--will-retain": will.isRetained = true
      default: return false
      }
      return true
    }

    /// `mqtt(s)://[user[:password]@]host[:port]/topic`.
    private mutating func takeURL(_ text: String) {
      guard let mark = text.firstRange(of: "://") else { return }
      isTLS = text.hasPrefix("mqtts")
      var rest = text[mark.upperBound...]
      if let slash = rest.firstIndex(of: "/") {
        topics.append(String(rest[rest.index(after: slash)...]))
        rest = rest[..<slash]
      }
      if let at = rest.lastIndex(of: "@") {
        let user = rest[..<at].split(separator: ":", maxSplits: 1)
        profile.username = user.first.map(String.init)
        if user.count == 2 { password = String(user[1]) }
        rest = rest[rest.index(after: at)...]
      }
      let parts = rest.split(separator: ":", maxSplits: 1)
      host = parts.first.map(String.init) ?? host
      if parts.count == 2 { takePort(String(parts[1])) }
    }

    private mutating func takePort(_ text: String) {
      port = Int(text).flatMap { (1...65_535).contains($0) ? $0 : nil }
      if port == nil { remarks.append("Not carried over: the port “\(text)”; ports are from 1 to 65535.") }
    }

    /// The number that an option has, if it is one for it; what is none is told.
    private mutating func number<Number: FixedWidthInteger>(_ text: String, of option: String) -> Number? {
      if let number = Number(text) { return number }
      remarks.append("Not carried over: \(option) “\(text)”, which is no number for it.")
      return nil
    }

    var connection: Imported.Connection {
      var profile = profile
      let scheme = isWebSocket ? (isTLS ? "wss" : "ws") : isTLS ? "mqtts" : "mqtt"
      profile.url = url ?? Imported.url(scheme: scheme, host: host, port: port)
      profile.subscriptions = topics.map { Subscription(filter: $0, qos: qos, retainAsPublished: true) }
      if !will.topic.isEmpty { profile.will = will }
      var connection = Imported.Connection(name: url == nil ? host : "local", profile)
      connection.password = password
      connection.remarks = remarks
      return connection
    }
  }
}
