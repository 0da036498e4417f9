import MQTT

/// What to connect to, and how.
///
/// CONNECT carries exactly what is said here, and properties keep their order; `authentication` alone adds some.
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

  /// What happens when the broker holds a session of our client identifier that we know nothing of.
  public enum UnknownSession: Equatable, Sendable {
    /// The connection ends, as 5.0 demands: its messages are for whoever made it. 3.1.1 demands nothing and goes on.
    case refuse
    /// Its messages are taken, and ours begin in it.
    case join
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
  /// How we prove who we are beyond a password, in 5.0.
  public var authentication: Authentication?
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
  /// What happens when the broker holds a session that we know nothing of.
  public var unknownSession: UnknownSession
  /// The file that keeps the session when the program ends, made with its folders if need be; nil keeps nothing. With a
  /// clean start there is nothing to keep.
  public var journal: String?
  /// Whether messages of QoS 1 and 2 are acknowledged when the owner says `Request.taken`, and not when they come. So
  /// what was on its way to the owner when the program was killed comes again, instead of being lost.
  public var acknowledgesWhenTaken: Bool
  /// Whether topics are given numbers as they come, as far as the broker takes some, so that each is sent once only.
  public var assignsTopicAliases: Bool
  /// How many deliveries of QoS 1 and 2 are under way at once in 3.1.1, where the broker cannot say what it takes.
  ///
  /// Mosquitto takes 20 of QoS 2 if nobody told it otherwise; it acknowledges more, and drops them.
  public var olderReceiveMaximum: UInt16
  /// How often in a row the broker may close without a word soon after accepting us, until that is taken for a duel with
  /// another client of our identifier and we stay away; nil is as often as it likes.
  public var duelLimit: Int?
  /// The largest packet that is accepted, in bytes; a smaller Maximum Packet Size in `properties` counts more.
  public var maximumPacketSize: Int
  /// How long everyone on the way may take to answer, each: the network, a proxy, TLS, WebSocket, the broker.
  public var connectTimeout: Duration
  /// What is done with doubtful text in what arrives.
  public var text: TextPolicy

  /// A configuration with the defaults of an explorer: automatic version, clean start, keep alive of a minute.
  ///
  /// - Parameter clientID: nil makes one that no other client has, so that nobody can duel over it.
  public init(_ endpoint: Endpoint, clientID: String? = nil) {
    self.endpoint = endpoint
    self.clientID = clientID ?? Self.uniqueClientID()
    tls = TLS()
    webSocketHeaders = []
    protocolChoice = .automatic
    cleanStart = true
    keepAlive = 60
    properties = []
    subscriptions = []
    reconnection = .backoff(Backoff())
    resending = .whenSessionResumes
    unknownSession = .refuse
    acknowledgesWhenTaken = false
    assignsTopicAliases = false
    olderReceiveMaximum = 20
    duelLimit = clientID == nil ? nil : 3
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
