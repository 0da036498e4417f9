import MQTT

/// What a broker offers and how much it takes on: every queue and every count has a bound here.
///
/// The options to offer less are for tests and the curious: what does a client do if there are no wildcards?
public struct BrokerLimits: Equatable, Sendable {
  // What is offered
  /// The highest QoS that is accepted of publishers.
  public var maximumQoS = QoS.exactlyOnce
  /// Whether messages are kept for those who come later.
  public var retainAvailable = true
  /// Whether filters may have wildcards.
  public var wildcardsAvailable = true
  /// Whether subscriptions may be shared.
  public var sharedAvailable = true
  /// Whether subscriptions may have identifiers.
  public var identifiersAvailable = true
  /// Whether the filter `#` alone is refused, as many operators do.
  public var refusesEverything = false

  // What one client may ask for
  /// How many deliveries of QoS 2 a client of 5.0 may have under way.
  public var receiveMaximum: UInt16 = 20
  /// The largest packet that is accepted, in bytes; nil is what the standard allows.
  public var maximumPacketSize: Int?
  /// The largest payload of a message that is passed on, in bytes; nil is as much as a packet holds.
  public var maximumPayload: Int?
  /// The highest topic alias that is accepted.
  public var topicAliasMaximum: UInt16 = 10
  /// The highest topic alias that is given, if the client takes as many.
  public var outboundAliases: UInt16 = 100
  /// The longest keep alive, in seconds; nil lets the client choose.
  public var keepAlive: UInt16?
  /// The longest that a session outlives its connection, in seconds; nil lets the client choose.
  public var sessionExpiry: UInt32?
  /// How long a client may take to be accepted, in seconds.
  public var connectTimeout: Int64 = 10

  // How much there may be of anything
  /// Connections at a time.
  public var connections = 10_000
  /// Sessions, those without a connection included.
  public var sessions = 100_000
  /// Subscriptions of one session.
  public var subscriptions = 10_000
  /// Bytes of their filters.
  public var filterBytes = 4 << 20
  /// Deliveries of QoS 1 and 2 under way to one client, if it does not ask for fewer.
  public var inFlight = 1_000
  /// Messages that wait for one session.
  public var queuedMessages = 100_000
  /// Bytes of messages that wait for one session or are under way to it, apart from retained ones; and of QoS 2 messages that
  /// its client has not released.
  public var queuedBytes = 32 << 20
  /// Retained messages.
  public var retainedMessages = 1_000_000
  /// Bytes of retained messages, and of those that wait for one session.
  public var retainedBytes = 256 << 20
  /// Bytes that are handed to a connection before it has to have sent them.
  public var unsentBytes = 512 << 10
  /// How often `$SYS` is published, in seconds; 0 is never.
  public var systemInterval: Int64 = 10

  /// The largest packet that MQTT knows, in bytes. Source: MQTT 5.0, 2.1.4.
  public static let largestPacket = 268_435_460

  /// The limits of a broker that offers everything.
  public init() {}
}
