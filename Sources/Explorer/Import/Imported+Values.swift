import MQTT
import MQTTClient
import Terminal

/// Values of a file, taken if they can be what they are for, and told if not.
extension Imported.Connection {
  /// Says once that a setting was left out.
  mutating func leaveOut(_ what: String) {
    let sentence = "Not carried over: \(what.hasSuffix(".") ? String(what.dropLast()) : what)."
    if !remarks.contains(sentence) { remarks.append(sentence) }
  }

  /// Text; what is empty was not said.
  mutating func text(_ value: JSONValue?, _ what: String) -> String? {
    guard let value, value != .string("") else { return nil }
    if value.text == nil { leaveOut("\(what) \(value.quoted), which is no text for it") }
    return value.text
  }

  /// A password, which no sentence repeats.
  mutating func secret(_ value: JSONValue?) -> String? {
    guard let value, value != .string("") else { return nil }
    if value.text == nil { leaveOut("the password, which is no text") }
    return value.text
  }

  mutating func bool(_ value: JSONValue?, _ what: String) -> Bool? {
    guard let value else { return nil }
    if value.bool == nil { leaveOut("\(what) \(value.quoted), which is neither true nor false") }
    return value.bool
  }

  mutating func number<Number: FixedWidthInteger>(_ value: JSONValue?, _ what: String) -> Number? {
    guard let value, value != .string("") else { return nil }
    if let number = value.int.flatMap(Number.init(exactly:)) { return number }
    leaveOut("\(what) \(value.quoted), which is no number for it")
    return nil
  }

  mutating func qos(_ value: JSONValue?, of what: String) -> QoS {
    guard let value else { return .atMostOnce }
    if let qos = value.int.flatMap(UInt8.init(exactly:)).flatMap(QoS.init(rawValue:)) { return qos }
    leaveOut("the QoS \(value.quoted) of \(what), which is none; 0 is taken")
    return .atMostOnce
  }

  /// The elements of a list, if it is one.
  mutating func elements(_ value: JSONValue?, _ what: String) -> [JSONValue] {
    guard let value else { return [] }
    if value.elements == nil { leaveOut("\(what) \(value.quoted), which are no list") }
    return value.elements ?? []
  }

  /// A port; without one the usual is taken.
  mutating func port(_ value: JSONValue?) -> Int? {
    guard let value, value != .string("") else { return nil }
    if let port = value.int, (1...65_535).contains(port) { return port }
    leaveOut("the port \(value.quoted); ports are from 1 to 65535")
    return nil
  }
}

/// What cannot be is left out of the profile, so that all else of it can be used.
extension Imported.Connection {
  /// Looks at the profile as it would be written; says why it would be none at all.
  mutating func settle() throws(BrokerURLError) {
    do {
      _ = try BrokerURL(profile.url)
    } catch {
      guard error == .webSocketPath, let path = profile.url.dropFirst(6).firstIndex(of: "/") else { throw error }
      leaveOut("the path \(Imported.quoted(String(profile.url[path...]))): \(error)")
      profile.url = String(profile.url[..<path])
      _ = try BrokerURL(profile.url)
    }
    if profile.tls != ProfileTLS(), try !BrokerURL(profile.url).endpoint.isSecure {
      leaveOut("the settings for TLS, as the connection is without")
      profile.tls = ProfileTLS()
    }
    settleTopics()
    settleTexts()
    if let proxy = profile.proxy {
      do { _ = try Proxy(url: proxy) } catch {
        leaveOut("the proxy: \(error)")
        profile.proxy = nil
      }
    }
    // A session without a client identifier could not be found again
    guard profile.leavesSessions else { return }
    (profile.cleanStart, profile.sessionExpiry) = (nil, nil)
    leaveOut("the persistent session, as the file has no client identifier for it")
  }

  private mutating func settleTopics() {
    profile.subscriptions = profile.subscriptions.filter { subscription in
      do {
        _ = try TopicFilter(subscription.filter)
        return true
      } catch {
        leaveOut("the subscription \(Imported.quoted(subscription.filter)): \(error)")
        return false
      }
    }
    guard let will = profile.will else { return }
    do { try TopicName.validate(will.topic) } catch {
      leaveOut("the will, as its topic is \(Imported.quoted(will.topic)): \(error)")
      profile.will = nil
    }
    guard will.payload.utf8.count > PasswordSource.limit else { return }
    leaveOut("the will, as its payload is longer than \(PasswordSource.limit) bytes")
    profile.will = nil
  }

  private mutating func settleTexts() {
    if let problem = profile.clientID.flatMap(ConnectText.problem) {
      leaveOut("the client identifier: it \(problem)")
      profile.clientID = nil
    }
    if let problem = profile.username.flatMap(ConnectText.problem) {
      leaveOut("the user name: it \(problem)")
      profile.username = nil
    }
    if let bytes = password?.utf8.count, bytes > PasswordSource.limit {
      leaveOut("the password, as it is longer than \(PasswordSource.limit) bytes")
      password = nil
    }
    if password != nil, profile.user == nil {
      leaveOut("the password, as there is no user whose it is")  // [MQTT-3.1.2-22] of 3.1.1
      password = nil
    }
    for name in profile.tls.protocols where !(1...255).contains(name.utf8.count) {
      leaveOut("the ALPN protocol \(Imported.quoted(name)); one has 1 to 255 bytes")
    }
    profile.tls.protocols.removeAll { !(1...255).contains($0.utf8.count) }
  }
}

extension Imported {
  /// Words of a file as a sentence repeats them: whole, unless nobody would read that.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars  // a character may have any number of them
    return scalars.count <= 100 ? "“\(text)”" : "“\(Substring(scalars.prefix(80)))…” (\(text.utf8.count) bytes)"
  }
}

extension JSONValue {
  /// A value as a sentence repeats it.
  var quoted: String {
    switch self {
    case .null: "“null”"
    case .bool(let value): "“\(value)”"
    case .number(let value): int.map { "“\($0)”" } ?? "“\(value)”"
    case .string(let text): Imported.quoted(text)
    case .array: "“[…]”"
    case .object: "“{…}”"
    }
  }
}
