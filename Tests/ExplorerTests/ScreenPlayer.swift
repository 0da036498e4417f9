import Glibc
import MQTT
import MQTTClient
import Terminal

@testable import Explorer

/// Plays the steps of a `.screen` file on a workspace.
///
/// The clock starts on 1 March 2026 at 12:04:31.221, in UTC, and moves when the file says so; decoding takes no time.
struct ScreenPlayer: ~Copyable {
  private var settings = Model.Settings(
    address: "broker.local:1883", clientID: "mqttscope-0000002a", subscriptions: [Self.subscription("#")])
  private var size = Size(columns: 80, rows: 24)
  private var workspace: Workspace?
  private var profiles: TOMLText?
  private var hasBroker = true
  private var givesTour = false
  /// The broker that events and messages are for.
  private var target: BrokerID?
  var now = Instant(wall: 1_772_366_671_221_000_000, monotonic: 5_000_000_000)
  private var incoming = Incoming()
  var version = ProtocolVersion.v5
  /// What the last key asked of the broker.
  var request: Request?

  private static let timeZone: Void = {
    setenv("TZ", "UTC", 1)
    tzset()
  }()

  init() {
    Self.timeZone
  }

  /// Plays one step; gives the lines of a picture if the step shows one.
  mutating func play(_ step: ScreenFile.Step) throws -> [String]? {
    if step.word == "profiles" {
      profiles = TOMLText(step.picture.joined(separator: "\n") + "\n")
      return step.picture.map(String.init)
    }
    if try set(step) { return nil }
    if step.word == "message" {
      try add(step)
      return nil
    }
    try start()
    switch step.word {
    case "screen": return lines(of: frame().text)
    case "roles":
      let all = lines(of: frame().roles)
      return step.words.compactMap { Int($0) }.map { all.indices.contains($0) ? all[$0] : "no such row" }
    case "size": workspace?.size = try Self.size(step.rest)
    case "open": open(String(step.rest))
    case "at": target = workspace?.brokers.first { $0.model.connection.address == step.rest }?.id
    case "used": workspace?.connections.lastUsed[String(step.rest)] = now.wall / 1_000_000_000
    case "wait": now = try later(step.rest)
    case "keys", "type", "paste": for key in try keys(step) { press(key) }
    case "press", "release", "drag", "click", "wheel-up", "wheel-down": try useMouse(step)
    default: try connect(step)
    }
    refresh()
    return nil
  }

  private mutating func set(_ step: ScreenFile.Step) throws -> Bool {
    guard workspace == nil else { return false }
    switch step.word {
    case "size": size = try Self.size(step.rest)
    case "no-broker": hasBroker = false
    case "read-only": settings.isReadOnly = true
    case "tour": givesTour = true
    case "unverified": settings.isUnverified = true
    case "address": settings.address = String(step.rest)
    case "themes": settings.themes = step.words.map(String.init)
    case "subscribe": settings.subscriptions = step.words.map(Self.subscription)
    default: return false
    }
    return true
  }

  /// What came in before this step is taken in now.
  private mutating func start() throws {
    if workspace == nil {
      var workspace = Workspace(settings, configuration: "/home/ann/.config/mqttscope/config.toml", at: now)
      workspace.size = size
      if givesTour { workspace.tour = Tour() }
      if let profiles { workspace.take(ProfileTable(profiles)) }
      self.workspace = consume workspace
      if hasBroker { open(settings.address) }
      refresh()
    }
    if let event = try incoming.event(at: now.wall) {
      receive(event)
      incoming = Incoming(version: version)
      refresh()
    }
  }

  private mutating func add(_ step: ScreenFile.Step) throws {
    guard let equals = step.rest.firstRange(of: " = ") ?? step.rest.firstRange(of: " =") else {
      throw ScreenError("A message needs ` = ` between topic and payload.")
    }
    var words = step.rest[..<equals.lowerBound].split(separator: " ")
    guard let topic = words.popLast() else { throw ScreenError("A message needs a topic.") }
    try incoming.add(
      String(decoding: ScreenText.bytes(of: topic), as: UTF8.self),
      ScreenText.bytes(of: step.rest[equals.upperBound...]),
      qos: words.contains("q2") ? .exactlyOnce : words.contains("q1") ? .atLeastOnce : .atMostOnce,
      isRetained: words.contains("retain"), isDuplicate: words.contains("dup"),
      properties: Properties(try words.compactMap(Self.property)))
  }

  /// `type:text/plain`, `expiry:3600` or `user:name:value`.
  private static func property(_ word: Substring) throws -> Property? {
    let parts = try word.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(decoding: try ScreenText.bytes(of: $0), as: UTF8.self) }
    switch (parts.first, parts.count) {
    case ("type", 2...): return .contentType(parts[1])
    case ("expiry", 2...): return .messageExpiryInterval(UInt32(parts[1]) ?? 0)
    case ("user", 3...): return .userProperty(UserProperty(parts[1], parts[2]))
    default: return nil
    }
  }

  /// Opens a broker by its profile, or by its address.
  private mutating func open(_ name: String) {
    var opening = BrokerOpening(address: name, clientID: settings.clientID, subscriptions: settings.subscriptions)
    if let entry = profiles.flatMap({ ProfileTable($0)[name] }) { opening = BrokerOpening(name, entry.profile) }
    guard let opened = workspace?.open(opening) else { return }
    target = opened.id
    workspace?.know(AskedTerms(endpoint: Self.endpoint), of: opened.id)
  }

  private mutating func connect(_ step: ScreenFile.Step) throws {
    let words = step.words
    if try pass(step) { return }
    let endpoint = Self.endpoint
    switch step.word {
    case "connecting":
      receive(.connecting(attempt: Int(step.rest) ?? 1, version: version, endpoint: endpoint))
    case "connecting-to":
      receive(.connecting(attempt: 1, version: version, endpoint: .tcp(host: String(step.rest), port: 1884)))
    case "connected":
      let security = settings.isUnverified ? Transport.Security(version: .v1_3, isVerified: false) : nil
      let properties = Properties(words.compactMap(Self.term))
      version = words.first == "3.1.1" ? .v3_1_1 : .v5
      incoming = Incoming(version: version)
      receive(
        .connected(
          Connection(
            version: version, sessionPresent: words.contains("present"), clientID: settings.clientID,
            keepAlive: properties.serverKeepAlive ?? 60, properties: properties, roundTrip: 2_000_000,
            transport: Transport(security: security))))
    case "fell-back":
      let why: Disconnection.Reason =
        step.rest == "closed" ? .closed(wasAccepted: false) : .refused(.unsupportedProtocolVersion, [])
      receive(.fellBack(from: .v5, to: .v3_1_1, why: why))
    case "granted":
      guard words.count == 2, let code = UInt8(words[1]) else { throw ScreenError("granted FILTER CODE") }
      let subscription = Self.subscription(words[0])
      receive(.subscribed(nil, [Grant(subscription, ReasonCode(rawValue: code))], []))
    case "disconnected":
      var end = Disconnection(try Self.reason(words), endpoint: endpoint)
      if let again = words.firstIndex(of: "again") { end.retryIn = try later(words[again + 1]).wall - now.wall }
      receive(.disconnected(end))
    default: throw ScreenError("\(step.word) is no step.")
    }
  }

  private static let endpoint = Endpoint.tcp(host: "broker.local", port: 1883)

  /// What the command line asks for.
  private static func subscription(_ filter: Substring) -> Subscription {
    Subscription(filter: String(filter), retainAsPublished: true)
  }

  private static func reason(_ words: [Substring]) throws -> Disconnection.Reason {
    let code = words.dropFirst().first.flatMap { UInt8($0) }.map(ReasonCode.init(rawValue:))
    let says = words.first { $0.hasPrefix("says:") }.map {
      Property.reasonString(String($0.dropFirst(5)).replacing("_", with: " "))
    }
    return switch (words.first, code) {
    case ("refused", let code?): .refused(code, Properties([says].compactMap(\.self)))
    case ("unknown", _): .unknownHost("broker.local")
    case ("slow", _): .timedOut(.network, 10_000_000_000)
    case ("mute", _): .timedOut(.connack, 10_000_000_000)
    case ("unanswered", _): .closed(wasAccepted: false)
    case ("web-server", _): .notMQTT(.http("HTTP/1.1 400 Bad Request"))
    case ("other-server", _): .refused(.serverMoved, [.serverReference("other.example:1884")])
    case ("wrong-name", _): .tls(.wrongName("broker.local", ExplanationTests.certificate))
    case ("malformed", _):
      .malformed(
        MalformedPacket(
          packet: .puback, field: "flags", offset: 0, reason: .malformedPacket, explanation: "are 8, not 0"))
    case ("dismissed", let code?): .dismissed(code, [])
    case ("closed", _): .closed(wasAccepted: true)
    case ("nobody", _): .connectionRefused
    case ("requested", _): .requested
    case ("silent", _): .keepAliveLost(60)
    default: throw ScreenError("disconnected refused CODE, dismissed CODE, closed, nobody, requested or silent")
    }
  }
}

/// What the model takes and gives.
extension ScreenPlayer {
  mutating func receive(_ event: Event) {
    if workspace?.connections.trial != nil {
      workspace?.receive(trial: event)
    } else if let target {
      workspace?.receive(event, from: target)
    }
  }

  private mutating func press(_ key: Key) {
    for effect in workspace?.handle(key) ?? [] {
      switch effect {
      case .connect(let id, _): target = id
      case .follow(let id, _, let endpoint):
        target = id
        workspace?.know(AskedTerms(endpoint: endpoint), of: id)
      case .broker(_, .perform(let asked)): request = asked
      case .change(let change):
        workspace?.finish(
          change,
          Result { () throws(ProfileError) in
            let text = try ProfileTable.text(profiles ?? TOMLText(""), with: change)
            profiles = text
            return text
          })
      default: break
      }
    }
    refresh()
  }

  private mutating func refresh() {
    let time = now.monotonic
    repeat { workspace?.refresh(at: now) { time } } while workspace?.isUnfinished == true
  }

  private func frame() -> Frame {
    workspace?.frame() ?? Frame(size: size)
  }

  private func lines(of picture: String) -> [String] {
    picture.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func useMouse(_ step: ScreenFile.Step) throws {
    let place = step.rest.split(separator: ",").compactMap { Int($0) }
    guard place.count == 2 else { throw ScreenError("\(step.word) COLUMN,ROW") }
    let point = Point(column: place[0], row: place[1])
    switch step.word {
    case "press": press(.mouse(MouseEvent(.press(.left), at: point)))
    case "release": press(.mouse(MouseEvent(.release(.left), at: point)))
    case "drag": press(.mouse(MouseEvent(.drag(.left), at: point)))
    case "wheel-up": press(.mouse(MouseEvent(.wheelUp, at: point)))
    case "wheel-down": press(.mouse(MouseEvent(.wheelDown, at: point)))
    default:
      press(.mouse(MouseEvent(.press(.left), at: point)))
      press(.mouse(MouseEvent(.release(.left), at: point)))
    }
  }

  private func keys(_ step: ScreenFile.Step) throws -> [Key] {
    switch step.word {
    case "type": return step.rest.map(Key.character)
    case "paste": return [.paste(try ScreenText.bytes(of: step.rest), isWhole: true)]
    default:
      return try step.words.map { name in
        guard let key = Key(name: String(name)) else { throw ScreenError("\(name) is no key.") }
        return key
      }
    }
  }

  private func later(_ duration: Substring) throws -> Instant {
    let digits = duration.prefix { $0.isNumber }
    guard let value = Int64(digits), let unit = ["ms": 1, "s": 1_000][duration.dropFirst(digits.count)] else {
      throw ScreenError("\(duration) is neither milliseconds (ms) nor seconds (s).")
    }
    let time = value * Int64(unit) * 1_000_000
    return Instant(wall: now.wall + time, monotonic: now.monotonic + time)
  }

  private static func size(_ text: Substring) throws -> Size {
    let lengths = text.split(separator: "x").compactMap { Int($0) }
    guard lengths.count == 2 else { throw ScreenError("size COLUMNSxROWS") }
    return Size(columns: lengths[0], rows: lengths[1])
  }
}
