import MQTT
import MQTTClient

/// What is known of the connection: enough for the status line, and to explain an empty tree.
struct ConnectionStatus: Sendable {
  /// Where the connection stands.
  enum Phase: Equatable, Sendable {
    case connecting(attempt: Int)
    case connected
    /// Lost or refused for now; tried again at this monotonic time in nanoseconds.
    case waiting(until: Int64, why: String)
    /// Ended for a reason that trying again would not change.
    case stopped(why: String)
  }

  /// A subscription, and what the broker said of it; nil until it has answered.
  struct Subscribed: Equatable, Sendable {
    let filter: String
    let requested: QoS
    var answer: ReasonCode?

    var isRefused: Bool { answer?.isError ?? false }

    /// The broker's answer in words: `135 Not authorized`.
    var reason: String {
      guard let answer else { return "not answered yet" }
      return "\(answer.rawValue) \(answer.words(in: .suback))"
    }
  }

  /// The broker as the user named it: `broker.local:1883`.
  let address: String
  var phase = Phase.connecting(attempt: 1)
  /// The broker turned us away for who we are, or because we did not say it.
  private(set) var wantsCredentials = false
  /// Why the last connection ended, until there is one again: one that is lost and back in a moment is told of too.
  private(set) var lostBecause: String?
  /// An identifier to go on under, while another client uses ours.
  private(set) var offeredClientID: String?
  var version: ProtocolVersion?
  var clientID: String
  var subscriptions: [Subscribed]
  /// Whether nobody has made sure that the broker is the one we mean, though TLS could.
  private(set) var isUnverified: Bool
  /// What the connection allows to publish.
  var terms = PublishTerms()

  init(address: String, clientID: String, subscriptions: [Subscription], isUnverified: Bool = false) {
    self.isUnverified = isUnverified
    self.address = address
    self.clientID = clientID
    self.subscriptions = subscriptions.map { Subscribed(filter: $0.filter, requested: $0.qos) }
  }

  /// The version in words, as far as it is known: `MQTT 5`.
  var versionName: String {
    switch version {
    case .v3_1_1: "MQTT 3.1.1"
    case .v5: "MQTT 5"
    case nil: ""
    }
  }

  /// The subscriptions that the broker refused.
  var refused: [Subscribed] { subscriptions.filter(\.isRefused) }

  mutating func connected(_ connection: MQTTClient.Connection) {
    phase = .connected
    lostBecause = nil
    offeredClientID = nil
    version = connection.version
    clientID = connection.clientID
    isUnverified = connection.transport.security.map { !$0.isVerified } ?? false
    terms = PublishTerms(
      version: connection.version, maximumQoS: connection.properties.maximumQoS ?? .exactlyOnce,
      isRetainAvailable: connection.properties.retainAvailable ?? true,
      maximumPacketSize: connection.properties.maximumPacketSize.map(Int.init))
  }

  mutating func disconnected(_ end: Disconnection, at monotonic: Int64) {
    if phase == .connected, end.reason != .requested { lostBecause = end.description }
    wantsCredentials = end.reason.isAboutCredentials
    offeredClientID = end.reason.isTakeOver ? clientID + "-2" : nil
    if let wait = end.retryIn {
      phase = .waiting(until: monotonic + wait, why: end.description)
    } else {
      phase = .stopped(why: end.description)
    }
  }

  mutating func granted(_ grants: [Grant]) {
    for grant in grants {
      let answer = Subscribed(
        filter: grant.subscription.filter, requested: grant.subscription.qos, answer: grant.reasonCode)
      // Filters are compared by their bytes: two spellings of one letter are two filters.
      if let index = subscriptions.firstIndex(where: { $0.filter.utf8.elementsEqual(answer.filter.utf8) }) {
        subscriptions[index] = answer
      } else {
        subscriptions.append(answer)
      }
    }
  }
}

extension Disconnection.Reason {
  /// Whether another client has our identifier, or seems to.
  fileprivate var isTakeOver: Bool {
    switch self {
    case .probablyTakenOver, .dismissed(.sessionTakenOver, _): true
    default: false
    }
  }

  /// Whether another user name or password may help.
  fileprivate var isAboutCredentials: Bool {
    guard case .refused(let code, _) = self else { return false }
    return code == .notAuthorized || code == .badUserNameOrPassword
  }
}
