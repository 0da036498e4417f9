import MQTT

/// One thing to know about what is written in the form of a profile.
struct ProfileCheck: Equatable, Sendable {
  var field: ProfileField
  /// It cannot be saved like this.
  var isProblem: Bool
  var sentence: String
}

extension ProfileForm {
  /// Everything to say, problems first.
  func allChecks(taken: Set<String>) -> [ProfileCheck] {
    var checks: [ProfileCheck] = []
    func problem(_ field: ProfileField, _ sentence: String) {
      checks.append(ProfileCheck(field: field, isProblem: true, sentence: sentence))
    }
    func warning(_ field: ProfileField, _ sentence: String) {
      checks.append(ProfileCheck(field: field, isProblem: false, sentence: sentence))
    }
    if name.isEmpty { problem(.name, "The profile needs a name.") }
    if name.count > Self.longestName { problem(.name, "A name has \(Self.longestName) characters at most.") }
    for field in [ProfileField.clientID, .username] {
      if let fault = ConnectText.problem(self[field].text) {
        problem(field, "The \(field.label.lowercased()) \(fault)")
      }
    }
    if taken.contains(name) { problem(.name, "There is a profile of this name already.") }
    if self[.url].isEmpty {
      problem(.url, "The URL is missing: mqtt://host:port, or just the host.")
    } else {
      do { _ = try BrokerURL(self[.url].text) } catch { problem(.url, Self.sentence(error)) }
    }
    if choice(.passwordSource) != 0 {
      if self[.password].isEmpty { problem(.password, "Say where the password is, or choose “asked”.") }
      if profile.user == nil { problem(.username, "A password needs a user.") }  // [MQTT-3.1.2-22]
    }
    if choice(.passwordSource) == 4 {
      warning(.password, "The password stands in config.toml as it is; only you may read that file.")
    }
    numberProblems.forEach(problem)
    for line in self[.subscriptions].lines where !line.isEmpty {
      do { _ = try TopicFilter(SubscriptionText.subscription(of: line).filter) } catch {
        problem(.subscriptions, "“\(line)”: \(error)")
      }
    }
    if !self[.willTopic].isEmpty {
      do { try TopicName.validate(self[.willTopic].text) } catch { problem(.willTopic, error.description) }
    }
    for line in self[.headers].lines where !line.isEmpty && Self.header(line) == nil {
      problem(.headers, "“\(line)” is no header: write Name: value.")
    }
    if !self[.certificate].isEmpty != !self[.key].isEmpty {
      problem(self[.key].isEmpty ? .key : .certificate, "A client certificate and its key are given together.")
    }
    if choice(.verifies) == 1 {
      warning(.verifies, "The broker's certificate is not checked: who is on the way can read and change everything.")
    }
    if profile.leavesSessions {
      problem(
        .clientID,
        "A session is found again by the client identifier, which is missing.")
    }
    return checks.filter(\.isProblem) + checks.filter { !$0.isProblem }
  }

  static let longestName = 100

  /// What is wrong with the URL, for one who has fields beside it.
  private static func sentence(_ error: BrokerURLError) -> String {
    guard error == .password else { return error.description }
    return "The URL holds a password: take it out, write the user below, and say where the password comes from."
  }

  private var numberProblems: [(ProfileField, String)] {
    var problems: [(ProfileField, String)] = []
    func need<Number: FixedWidthInteger>(_ field: ProfileField, _: Number.Type) {
      guard !self[field].isEmpty, Number(self[field].text) == nil else { return }
      problems.append((field, "\(field.label) is a whole number of seconds, from 0 to \(Number.max)."))
    }
    need(.sessionExpiry, UInt32.self)
    need(.keepAlive, UInt16.self)
    if !self[.willTopic].isEmpty { need(.willDelay, UInt32.self) }
    if !self[.memory].isEmpty, (ByteSize(argument: self[.memory].text)?.bytes ?? 0) < ByteSize.smallestMemory.bytes {
      problems.append((.memory, "Memory is a size of \(ByteSize.smallestMemory) at least, such as 256MB."))
    }
    return problems
  }
}
