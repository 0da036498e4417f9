import MQTT
import Terminal

/// The form of a profile: fields, what has the keys, and what there is to say about what is written.
struct ProfileForm: Equatable, Sendable {
  /// The name of the profile that is changed; nil for a new one.
  let original: String?
  var focus = ProfileField.name
  /// The rectangle that `draw` gets; the host sets it too, so that scrolling fits.
  var area = Rect(column: 0, row: 0, columns: 80, rows: 24)
  /// The answer to the last key, if it needs one.
  var notice: ProfileCheck?
  private(set) var checks: [ProfileCheck] = []
  /// Fields that the person was in and left, so that what is wrong with them is no news to come.
  var left: Set<ProfileField> = []
  private var editors = ProfileField.allCases.map { TextEditor(isSingleLine: !$0.hasLines) }
  private var chosen = ProfileField.allCases.map { _ in 0 }
  /// The names that other profiles have.
  private let taken: Set<String>
  /// The profile as the form found it.
  let start: Profile
  /// Whether saving may undo what was changed elsewhere meanwhile.
  var writesOver = false
  private let startName: String

  init(original: String?, name: String, _ profile: Profile, taken: [String]) {
    self.original = original
    self.taken = Set(taken.filter { $0 != original })
    start = profile
    startName = name
    fill(name, profile)
    if original != nil || !name.isEmpty { focus = .url }
    if original != nil { left = Set(ProfileField.allCases) }
    check()
  }

  subscript(field: ProfileField) -> TextEditor {
    get { editors[field.rawValue] }
    _modify { yield &editors[field.rawValue] }
  }

  func choice(_ field: ProfileField) -> Int { chosen[field.rawValue] }

  mutating func choose(_ choice: Int, in field: ProfileField) {
    guard field.choices.indices.contains(choice) else { return }
    chosen[field.rawValue] = choice
  }

  /// Whether something was written that is not in the file.
  var isChanged: Bool { name != startName || profile != start }

  var name: String { self[.name].text }

  /// The fields that are shown: without a will its details say nothing.
  var fields: [ProfileField] {
    ProfileField.allCases.filter { field in
      switch field {
      case .willPayload, .willQoS, .willRetain, .willDelay: !self[.willTopic].isEmpty
      case .password: choice(.passwordSource) != 0
      default: true
      }
    }
  }

  /// What is written now; numbers that are none are left out, and told by the checks.
  var profile: Profile {
    var profile = start
    profile.url = self[.url].text
    profile.clientID = text(.clientID)
    profile.username = text(.username)
    profile.password = password
    profile.version = picked(.version, start.version, of: Profile.Version.allCases)
    profile.cleanStart = picked(.cleanStart, start.cleanStart, of: [true, false])
    profile.sessionExpiry = text(.sessionExpiry).flatMap { UInt32($0) }
    profile.keepAlive = text(.keepAlive).flatMap { UInt16($0) }
    profile.subscriptions = self[.subscriptions].lines.filter { !$0.isEmpty }.map(SubscriptionText.subscription)
    profile.will = text(.willTopic).map { topic in
      ProfileWill(
        topic: topic, payload: self[.willPayload].text, qos: QoS(rawValue: UInt8(choice(.willQoS))) ?? .atMostOnce,
        isRetained: choice(.willRetain) == 1, delay: text(.willDelay).flatMap { UInt32($0) })
    }
    profile.tls.verifies = picked(.verifies, start.tls.verifies, of: [true, false])
    profile.tls.pin = text(.pin)
    profile.tls.authorities = text(.authorities)
    profile.tls.certificate = text(.certificate)
    profile.tls.key = text(.key)
    profile.tls.serverName = text(.serverName)
    profile.tls.protocols = self[.protocols].text.split(separator: " ").map(String.init)
    profile.tls.minimumVersion =
      choice(.minimumVersion) == 0 ? nil : ProfileField.minimumVersion.choices[choice(.minimumVersion)]
    profile.headers = self[.headers].lines.compactMap(Self.header).sorted { $0.name < $1.name }
    profile.proxy = text(.proxy)
    profile.memory = text(.memory).flatMap { ByteSize(argument: $0) }
    profile.isReadOnly = picked(.isReadOnly, start.isReadOnly, of: [false, true])
    profile.theme = text(.theme)
    return profile
  }

  /// Checks again; a field that is not shown any more loses the keys.
  mutating func settle() {
    if !fields.contains(focus) { focus = fields.last { $0.rawValue < focus.rawValue } ?? .name }
    check()
  }

  /// Brings the cursor of the field that has the keys into view.
  mutating func scrollToCursors() {
    for (field, place) in layout(in: area) where field.isTyped { self[field].scrollToCursor(in: place.size) }
  }

  /// What is to be said by now: a problem once its field was left, or was in the way of something.
  var shownChecks: [ProfileCheck] { checks.filter { !$0.isProblem || left.contains($0.field) } }

  private mutating func check() { checks = allChecks(taken: taken) }

  /// `Name: value`; nil for a line that is none.
  static func header(_ line: String) -> ProfileHeader? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let name = line[..<colon].split(separator: " ").joined(separator: " ")
    guard !name.isEmpty else { return nil }
    return ProfileHeader(name: name, value: String(line[line.index(after: colon)...].drop { $0 == " " }))
  }

  private var password: PasswordSource? {
    let text = self[.password].text
    switch choice(.passwordSource) {
    case 1: return .file(text)
    case 2: return .command(text)
    case 3: return .environment(text)
    case 4: return .written(text)
    default: return nil
    }
  }

  private func text(_ field: ProfileField) -> String? { self[field].isEmpty ? nil : self[field].text }

  /// What is chosen; the first choice, which is the default, stays unsaid if it was.
  private func picked<Value: Equatable>(_ field: ProfileField, _ old: Value?, of values: [Value]) -> Value? {
    let value = values[choice(field)]
    return old == nil && choice(field) == 0 ? nil : value
  }
}

extension ProfileForm {
  private mutating func fill(_ name: String, _ profile: Profile) {
    let texts: [ProfileField: String?] = [
      .name: name, .url: profile.url, .clientID: profile.clientID, .username: profile.username,
      .sessionExpiry: profile.sessionExpiry.map { "\($0)" }, .keepAlive: profile.keepAlive.map { "\($0)" },
      .subscriptions: profile.subscriptions.map(SubscriptionText.line).joined(separator: "\n"),
      .willTopic: profile.will?.topic, .willPayload: profile.will?.payload,
      .willDelay: profile.will?.delay.map { "\($0)" }, .pin: profile.tls.pin,
      .authorities: profile.tls.authorities, .certificate: profile.tls.certificate, .key: profile.tls.key,
      .serverName: profile.tls.serverName, .protocols: profile.tls.protocols.joined(separator: " "),
      .headers: profile.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n"), .proxy: profile.proxy,
      .memory: profile.memory.map { "\($0)" }, .theme: profile.theme,
    ]
    for (field, text) in texts { self[field].set(text ?? "") }
    switch profile.password {
    case .file(let text): fillPassword(1, text)
    case .command(let text): fillPassword(2, text)
    case .environment(let text): fillPassword(3, text)
    case .written(let text): fillPassword(4, text)
    case nil: break
    }
    choose(Profile.Version.allCases.firstIndex(of: profile.version ?? .automatic) ?? 0, in: .version)
    choose(profile.cleanStart == false ? 1 : 0, in: .cleanStart)
    choose(Int(profile.will?.qos.rawValue ?? 0), in: .willQoS)
    choose(profile.will?.isRetained == true ? 1 : 0, in: .willRetain)
    choose(profile.tls.verifies == false ? 1 : 0, in: .verifies)
    let version = profile.tls.minimumVersion ?? "any"
    choose(ProfileField.minimumVersion.choices.firstIndex(of: version) ?? 0, in: .minimumVersion)
    choose(profile.isReadOnly == true ? 1 : 0, in: .isReadOnly)
    for field in ProfileField.allCases { self[field].forgetChanges() }
  }

  private mutating func fillPassword(_ source: Int, _ text: String) {
    choose(source, in: .passwordSource)
    self[.password].set(text)
  }
}
