import MQTT

/// What lives as long as one connection of a client.
struct Connection: Equatable, Sendable {
  enum Phase: Equatable, Sendable {
    /// Nobody uses this place.
    case free
    /// CONNECT has not come yet.
    case opened
    /// CONNECT came, and the exchange of AUTH is under way.
    case authenticating(Connect)
    /// The client was accepted.
    case connected
    /// We close: nothing that comes counts any more.
    case closing
  }

  var phase = Phase.free
  var version = ProtocolVersion.v3_1_1
  /// The place of the session, once accepted; -1 without one.
  var session = -1
  var username: String?
  /// When the client was heard last, and how long it may be silent; in nanoseconds, 0 is for ever.
  var heardAt: Int64 = 0
  var keepAliveTimeout: Int64 = 0
  /// What the client takes: the largest packet, deliveries at once and how many of them are left, topic aliases.
  var maximumPacketSize = Int.max
  var receiveMaximum = 0
  var quota = 0
  var topicAliasMaximum: UInt16 = 0
  /// The aliases that we have given to topics, and those that the client has given.
  var aliases: [[UInt8]: UInt16] = [:]
  var inboundAliases: [UInt16: [UInt8]] = [:]
  /// How many bytes may be handed over until the shell says that they are sent.
  var credit = 0
  /// When it said so last.
  var sentAt: Int64 = 0
  /// Whether CONNECT named our method of authentication, and the exchange of AUTH that is under way.
  var usesScram = false
  var scram: ScramServer?
}
