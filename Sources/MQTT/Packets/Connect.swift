import NIOCore

/// CONNECT: a client asks for a connection.
public struct Connect: Equatable, Sendable {
  /// The client identifier; empty asks the server to choose one.
  public var clientID: String
  /// Whether to forget the session of an earlier connection (clean session in 3.1.1).
  public var cleanStart: Bool
  /// The longest time in seconds between two packets of the client; 0 is no limit.
  public var keepAlive: UInt16
  /// The user name.
  public var username: String?
  /// The password, which 3.1.1 allows only beside a user name.
  public var password: [UInt8]?
  /// What the server publishes when the connection ends without goodbye.
  public var will: Will?
  /// Properties, 5.0 only.
  public var properties: Properties

  /// A request to connect.
  public init(
    clientID: String, cleanStart: Bool = true, keepAlive: UInt16 = 60, username: String? = nil,
    password: [UInt8]? = nil, will: Will? = nil, properties: Properties = []
  ) {
    self.clientID = clientID
    self.cleanStart = cleanStart
    self.keepAlive = keepAlive
    self.username = username
    self.password = password
    self.will = will
    self.properties = properties
  }
}

/// The message that a server publishes for a client that is gone.
public struct Will: Equatable, Sendable {
  /// The topic to publish to.
  public var topic: String
  /// The payload, any bytes.
  public var payload: ByteBuffer
  /// The QoS to publish at.
  public var qos: QoS
  /// Whether the message is to be retained.
  public var isRetained: Bool
  /// Properties of the message, 5.0 only.
  public var properties: Properties

  /// A will.
  public init(
    topic: String, payload: ByteBuffer, qos: QoS = .atMostOnce, isRetained: Bool = false, properties: Properties = []
  ) {
    self.topic = topic
    self.payload = payload
    self.qos = qos
    self.isRetained = isRetained
    self.properties = properties
  }
}
