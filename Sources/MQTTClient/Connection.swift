import MQTT

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
  /// What carries it.
  public var transport: Transport

  /// The facts of a connection.
  public init(
    version: ProtocolVersion, sessionPresent: Bool, clientID: String, keepAlive: UInt16, properties: Properties,
    roundTrip: Int64, transport: Transport = Transport()
  ) {
    self.version = version
    self.sessionPresent = sessionPresent
    self.clientID = clientID
    self.keepAlive = keepAlive
    self.properties = properties
    self.roundTrip = roundTrip
    self.transport = transport
  }
}
