import MQTT

/// What to connect to, and how.
///
/// CONNECT carries exactly what is said here: nothing is added, and properties keep their order.
public struct Configuration: Equatable, Sendable {
  /// Which version of the protocol to speak.
  public enum ProtocolChoice: Equatable, Sendable {
    /// 5.0, and 3.1.1 if the broker refuses that.
    case automatic
    /// This one or nothing.
    case only(ProtocolVersion)
  }

  /// What happens when a connection ends that was not ended by us.
  public enum Reconnection: Equatable, Sendable {
    /// Nothing; `Request.reconnect` is the only way back.
    case never
    /// A new attempt after a wait, unless the reason of the end will not change by itself.
    case backoff(Backoff)
  }

  /// What happens to deliveries that were under way when a connection was lost and the broker kept the session.
  public enum Resending: Equatable, Sendable {
    /// They are taken up where they stopped, as the standard demands.
    case whenSessionResumes
    /// They fail; for tests of brokers, and for messages that must not come late.
    case never
  }

  /// Where the broker listens.
  public var endpoint: Endpoint
  /// How TLS is spoken, where the endpoint has it.
  public var tls: TLS
  /// What is added to the request that opens a WebSocket, in this order.
  public var webSocketHeaders: [WebSocketHeader]
  /// The proxy on the way to the endpoint; not used for Unix sockets.
  public var proxy: Proxy?
  /// Which version of the protocol to speak.
  public var protocolChoice: ProtocolChoice
  /// The client identifier, sent as it is; empty asks the broker to choose one.
  public var clientID: String
  /// Whether each connection starts with an empty session (clean session in 3.1.1).
  public var cleanStart: Bool
  /// The longest silence of ours in seconds before we ping; 0 is no limit. The broker may overrule it in 5.0.
  public var keepAlive: UInt16
  /// The user name.
  public var username: String?
  /// The password.
  public var password: [UInt8]?
  /// What the broker publishes when we are gone without goodbye.
  public var will: Will?
  /// Properties of CONNECT, in this order; left out in 3.1.1.
  public var properties: Properties
  /// What to subscribe to on each connection, unless the broker has it from an earlier one.
  public var subscriptions: [Subscription]
  /// What happens when a connection is lost.
  public var reconnection: Reconnection
  /// What happens to deliveries that were under way then.
  public var resending: Resending
  /// The largest packet that is accepted, in bytes; a smaller Maximum Packet Size in `properties` counts more.
  public var maximumPacketSize: Int
  /// How long everyone on the way may take to answer, each: the network, a proxy, TLS, WebSocket, the broker.
  public var connectTimeout: Duration
  /// What is done with doubtful text in what arrives.
  public var text: TextPolicy

  /// A configuration with the defaults of an explorer: automatic version, clean start, keep alive of a minute.
  public init(_ endpoint: Endpoint, clientID: String = Configuration.uniqueClientID()) {
    self.endpoint = endpoint
    self.clientID = clientID
    tls = TLS()
    webSocketHeaders = []
    protocolChoice = .automatic
    cleanStart = true
    keepAlive = 60
    properties = []
    subscriptions = []
    reconnection = .backoff(Backoff())
    resending = .whenSessionResumes
    maximumPacketSize = 268_435_460  // the largest that MQTT can express
    connectTimeout = .seconds(10)
    text = .accepting
  }

  /// A client identifier that no other window uses: `mqttscope-` and 8 hexadecimal digits.
  public static func uniqueClientID() -> String {
    let digits = String(UInt32.random(in: .min ... .max), radix: 16)
    return "mqttscope-" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
