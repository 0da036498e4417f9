import MQTT
import TestSupport

/// The brokers that every flow is tried against: other people's and our own.
enum BrokerKind: CaseIterable, Hashable, Sendable {
  /// Our own.
  case builtIn
  case mosquitto(Road)
  case ejabberd
  case rumqttd
  case nats

  static let allCases = Road.allCases.map(Self.mosquitto) + [.builtIn, .ejabberd, .rumqttd, .nats]

  func start() throws -> any RealBroker {
    switch self {
    case .builtIn: try BuiltInBroker()
    case .mosquitto(let road): try road.start()
    case .ejabberd: try Ejabberd()
    case .rumqttd: try Rumqttd()
    case .nats: try NATSServer()
    }
  }

  /// The way to it.
  var road: Road {
    switch self {
    case .mosquitto(let road): road
    case .ejabberd: .password
    case .builtIn, .rumqttd, .nats: .plain
    }
  }

  /// The versions of MQTT that it speaks.
  var versions: [ProtocolVersion] { self == .nats ? [.v3_1_1] : ProtocolVersion.allCases }

  /// What it does otherwise than the rest; the flows hold it to that.
  var oddities: Set<Oddity> {
    switch self {
    case .builtIn: [.countsAtQoS1Alone]
    case .mosquitto(.webSocket), .mosquitto(.secureWebSocket):
      [.countsAtQoS1Alone, .takesOverInSilence, .losesLargeMessages]
    case .mosquitto: [.countsAtQoS1Alone, .takesOverInSilence]
    case .ejabberd: [.sharesNothing]
    case .rumqttd:
      [
        .raisesQoS, .queuesQoS0, .countsNoSubscribers, .takesOverInSilence, .ignoresOptions, .ignoresReceiveMaximum,
        .mixesUpConnections,
      ]
    case .nats: [.takesOverInSilence]
    }
  }
}

/// What brokers do where the standard leaves them free, or in spite of it.
enum Oddity: Sendable {
  /// A message comes at the QoS of the subscription, though it was published at a lower one (against 4.3).
  case raisesQoS
  /// A session whose client is away keeps messages of QoS 0 too (allowed, 4.1).
  case queuesQoS0
  /// PUBACK and PUBREC of 5.0 do not tell that nobody is subscribed (allowed, 3.4.2.1).
  case countsNoSubscribers
  /// PUBREC does not tell it, PUBACK does.
  case countsAtQoS1Alone
  /// In 5.0 too, the older of two clients with one identifier is not told why it is closed (against [MQTT-3.1.4-3]).
  case takesOverInSilence
  /// There are no shared subscriptions, and CONNACK says so.
  case sharesNothing
  /// No Local, Retain As Published and Retain Handling change nothing (against [MQTT-3.8.3-3] and 3.8.3.1).
  case ignoresOptions
  /// It sends more at once than the client's Receive Maximum (against [MQTT-3.3.4-9]).
  case ignoresReceiveMaximum
  /// A message of a megabyte never comes on a WebSocket, whoever the client is.
  case losesLargeMessages
  /// The end of a connection may end the one that was made right after it, which has got its number; so each flow has a
  /// broker of its own, and its clients stay to the end.
  case mixesUpConnections
}

/// A broker and the version that is spoken to it.
struct BrokerSetting: CustomStringConvertible, Sendable {
  let kind: BrokerKind
  let version: ProtocolVersion

  static let all = BrokerKind.allCases.flatMap { kind in
    kind.versions.map { BrokerSetting(kind: kind, version: $0) }
  }

  var description: String { "\(kind) \(version)" }
}
