import MQTT
import MQTTClient
import Terminal

/// What is known of the connection: enough for the status line, and to explain an empty tree.
struct ConnectionStatus: Sendable {
  /// Where the connection stands.
  enum Phase: Equatable, Sendable {
    /// The command that gives the password is running, and nothing was tried yet.
    case awaitingPassword(command: String)
    case connecting(attempt: Int)
    case connected
    /// Lost or refused for now; tried again at this monotonic time in nanoseconds.
    case waiting(until: Int64, why: String)
    /// Ended for a reason that trying again would not change.
    case stopped(why: String)

    var isAwaitingPassword: Bool { if case .awaitingPassword = self { true } else { false } }
  }

  /// A subscription, and what the broker said of it; nil until it has answered.
  struct Subscribed: Equatable, Sendable {
    var subscription: Subscription
    /// The number that its messages carry; nil for none.
    var identifier: UInt32?
    var answer: ReasonCode?
    /// The broker's words beside its answer.
    var said: String?
    /// Whether the broker was asked: what it has announced not to have is not asked for.
    var wasAsked = true

    var filter: String { subscription.filter }
    var requested: QoS { subscription.qos }

    var isRefused: Bool { answer?.isError ?? false }

    /// The broker's answer in words: `135 Not authorized`.
    var reason: String {
      guard let answer else { return "not answered yet" }
      let code = (answer.isError ? "\(answer.rawValue) " : "") + answer.words(in: .suback)
      guard wasAsked else { return "not asked, as the broker has none: \(code)" }
      return code + (said.map { ": “\(TextWidth.clip($0, to: 200))”" } ?? "")
    }
  }

  /// The broker as the user named it: `broker.local:1883`.
  private(set) var address: String
  var phase = Phase.connecting(attempt: 1)
  /// Why the last connection ended, until there is one again: one that is lost and back in a moment is told of too.
  private(set) var lostBecause: String?
  /// How to connect otherwise than before, if the end of the last connection suggests it.
  private(set) var offer: ReconnectionOffer?
  /// Whether every message says whether it is retained, as far as subscriptions decide it (Retain As Published).
  private(set) var tellsRetain = true
  var version: ProtocolVersion?
  var clientID: String
  var subscriptions: [Subscribed]
  /// Whether nobody has made sure that the broker is the one we mean, though TLS could.
  private(set) var isUnverified: Bool
  /// It is opened by a profile, which is where its settings are changed.
  let isProfile: Bool
  /// What the connection allows to publish.
  var terms = PublishTerms()
  /// What we ask for in CONNECT; nil before there is a client that does.
  var asked: AskedTerms?
  /// What the broker said when it accepted us, the last time.
  private(set) var facts: MQTTClient.Connection?
  /// When that was.
  private(set) var connectedAt: Instant?
  /// How often the broker accepted us.
  private(set) var connectionCount = 0
  /// Why an older version of the protocol is spoken than was tried first.
  var fellBackBecause: String?
  /// Round trip of the last ping, in nanoseconds.
  var lastPong: Int64?
  /// How the last connection ended, or the last attempt; nil once the broker accepted us.
  private(set) var lastEnd: Disconnection?
  /// How long the connection before that end lasted, in nanoseconds; nil if there was none.
  private(set) var lasted: Int64?
  /// The last bytes of the broker before that end, as evidence.
  var lastBytes: [UInt8] = []

  init(
    address: String, clientID: String, subscriptions: [Subscription], isUnverified: Bool = false,
    isProfile: Bool = false
  ) {
    self.isUnverified = isUnverified
    self.isProfile = isProfile
    self.address = address
    self.clientID = clientID
    self.subscriptions = subscriptions.map { Subscribed(subscription: $0) }
    noteRetain()
  }

  /// The version in words, as far as it is known: `MQTT 5`.
  var versionName: String {
    switch version {
    case .v3_1_1: "MQTT 3.1.1"
    case .v5: "MQTT 5"
    case nil: ""
    }
  }

  /// How `r` connects again: under another name, if that is what helps.
  var reconnection: Request {
    if case .clientID(let name) = offer { .rename(name) } else { .reconnect }
  }

  /// An attempt to connect begins, where the client was told to.
  mutating func connecting(attempt: Int, to endpoint: Endpoint) {
    phase = .connecting(attempt: attempt)
    guard let asked, asked.endpoint != endpoint else { return }
    self.asked?.endpoint = endpoint
    address = endpoint.description
  }

  /// The subscriptions that the broker refused.
  var refused: [Subscribed] { subscriptions.filter(\.isRefused) }

  mutating func connected(_ connection: MQTTClient.Connection, at now: Instant) {
    phase = .connected
    lostBecause = nil
    offer = nil
    lastEnd = nil
    facts = connection
    connectedAt = now
    connectionCount += 1
    if connection.version == .v5 { fellBackBecause = nil }
    // A new session has none of them until the broker answers again
    if !connection.sessionPresent { for index in subscriptions.indices { subscriptions[index].answer = nil } }
    version = connection.version
    clientID = connection.clientID
    isUnverified = connection.transport.security.map { !$0.isVerified } ?? false
    terms = PublishTerms(
      version: connection.version, maximumQoS: connection.properties.maximumQoS ?? .exactlyOnce,
      isRetainAvailable: connection.properties.retainAvailable ?? true,
      maximumPacketSize: connection.properties.maximumPacketSize.map(Int.init))
  }

  mutating func disconnected(_ end: Disconnection, at monotonic: Int64) {
    let why = isProfile ? ProfileWords.words(end.description) : end.description
    if phase == .connected, end.reason != .requested { lostBecause = why }
    offer = ReconnectionOffer(end, clientID: clientID)
    lastEnd = end.reason == .requested ? nil : end
    lasted = phase == .connected ? connectedAt.map { monotonic - $0.monotonic } : nil
    if let wait = end.retryIn {
      phase = .waiting(until: monotonic + wait, why: why)
    } else {
      phase = .stopped(why: why)
    }
  }

  /// - Parameter asked: What was asked for on the screen; nil keeps the identifiers that are known.
  mutating func granted(_ grants: [Grant], asked: SubscriptionsView.Asked? = nil, said: String? = nil) {
    defer { noteRetain() }
    for grant in grants {
      var answer = Subscribed(
        subscription: grant.subscription, identifier: asked?.identifier, answer: grant.reasonCode,
        said: grant.reasonCode.isError ? said : nil, wasAsked: !isAnnounced(grant.reasonCode))
      guard let index = index(of: answer.filter) else {
        subscriptions.append(answer)
        continue
      }
      let before = subscriptions[index]
      if asked == nil { answer.identifier = before.identifier }
      // Refused are the new options; what was granted before still stands
      if answer.isRefused, let old = before.answer, !old.isError { continue }
      subscriptions[index] = answer
    }
  }

  mutating func removed(_ removals: [Removal]) {
    defer { noteRetain() }
    for removal in removals where !removal.reasonCode.isError {
      if let index = index(of: removal.filter) { subscriptions.remove(at: index) }
    }
  }

  /// Whether the broker said in CONNACK that it has none of what a code is about.
  private func isAnnounced(_ code: ReasonCode) -> Bool {
    let terms = facts?.properties ?? []
    switch code {
    case .wildcardSubscriptionsNotSupported: return terms.wildcardSubscriptionAvailable == false
    case .sharedSubscriptionsNotSupported: return terms.sharedSubscriptionAvailable == false
    case .subscriptionIdentifiersNotSupported: return terms.subscriptionIdentifierAvailable == false
    default: return false
    }
  }

  private mutating func noteRetain() {
    tellsRetain = subscriptions.allSatisfy(\.subscription.retainAsPublished)
  }

  /// Filters are compared by their bytes: two spellings of one letter are two filters.
  private func index(of filter: String) -> Int? {
    subscriptions.firstIndex { $0.filter.utf8.elementsEqual(filter.utf8) }
  }
}
