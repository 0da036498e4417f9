import MQTT

/// What a client tells its owner, in the order in which it happened.
public enum Event: Equatable, Sendable {
  /// An attempt to connect begins; attempts are counted from 1 since the last stable connection.
  case connecting(attempt: Int, version: ProtocolVersion, endpoint: Endpoint)
  /// The broker refused a version of the protocol, and another is tried.
  case fellBack(from: ProtocolVersion, to: ProtocolVersion, why: Disconnection.Reason)
  /// The broker accepted us.
  case connected(Connection)
  /// Messages arrived.
  case messages(MessageBatch)
  /// The broker answered a subscribe; without a number it was one of the configuration.
  case subscribed(RequestID?, [Grant], Properties)
  /// The broker answered an unsubscribe.
  case unsubscribed(RequestID, [Removal], Properties)
  /// A request made a step; the time is in nanoseconds of the monotonic clock.
  case delivery(RequestID, DeliveryStep, at: Int64)
  /// The broker answered a ping after this many nanoseconds.
  case pong(roundTrip: Int64)
  /// The broker sent AUTH; answer with `Request.authenticate`.
  case authentication(ReasonCode, Properties)
  /// The connection ended, or an attempt to connect did.
  case disconnected(Disconnection)
}

/// The facts of a connection that the broker accepted.
public struct Connection: Equatable, Sendable {
  /// The version that is spoken.
  public var version: ProtocolVersion
  /// Whether the broker kept our session.
  public var sessionPresent: Bool
  /// The client identifier, ours or the one that the broker assigned.
  public var clientID: String
  /// The keep alive in force, in seconds.
  public var keepAlive: UInt16
  /// The properties of CONNACK.
  public var properties: Properties
  /// From CONNECT to CONNACK, in nanoseconds.
  public var roundTrip: Int64

  /// The facts of a connection.
  public init(
    version: ProtocolVersion, sessionPresent: Bool, clientID: String, keepAlive: UInt16, properties: Properties,
    roundTrip: Int64
  ) {
    self.version = version
    self.sessionPresent = sessionPresent
    self.clientID = clientID
    self.keepAlive = keepAlive
    self.properties = properties
    self.roundTrip = roundTrip
  }
}

/// The broker's answer to one subscription.
public struct Grant: Equatable, Sendable {
  /// What was asked for.
  public var subscription: Subscription
  /// The QoS granted, or the refusal.
  public var reasonCode: ReasonCode

  /// An answer to a subscription.
  public init(_ subscription: Subscription, _ reasonCode: ReasonCode) {
    self.subscription = subscription
    self.reasonCode = reasonCode
  }
}

/// The broker's answer to the end of one subscription.
public struct Removal: Equatable, Sendable {
  /// The filter that was to go.
  public var filter: String
  /// The outcome; 3.1.1 has none and reads as success.
  public var reasonCode: ReasonCode

  /// An answer to the end of a subscription.
  public init(_ filter: String, _ reasonCode: ReasonCode) {
    self.filter = filter
    self.reasonCode = reasonCode
  }
}
