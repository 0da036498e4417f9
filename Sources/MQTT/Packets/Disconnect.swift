/// DISCONNECT: the last packet of a connection; in 3.1.1 only a client sends it.
public struct Disconnect: Equatable, Sendable {
  /// Why the connection ends; 3.1.1 carries none and reads as a normal end.
  public var reasonCode: ReasonCode
  /// Properties, 5.0 only.
  public var properties: Properties

  /// An end of the connection.
  public init(_ reasonCode: ReasonCode = .success, properties: Properties = []) {
    self.reasonCode = reasonCode
    self.properties = properties
  }
}

/// AUTH: a step of enhanced authentication, 5.0 only.
public struct Auth: Equatable, Sendable {
  /// Where the exchange stands.
  public var reasonCode: ReasonCode
  /// Properties, the authentication method among them.
  public var properties: Properties

  /// A step of the exchange.
  public init(_ reasonCode: ReasonCode, properties: Properties = []) {
    self.reasonCode = reasonCode
    self.properties = properties
  }
}
