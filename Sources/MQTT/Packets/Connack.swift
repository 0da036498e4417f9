/// CONNACK: the server answers CONNECT.
public struct Connack: Equatable, Sendable {
  /// Whether the server kept the session of an earlier connection.
  public var sessionPresent: Bool
  /// The outcome; the return codes of 3.1.1 appear as the codes of 5.0 that mean the same.
  public var reasonCode: ReasonCode
  /// Properties, 5.0 only.
  public var properties: Properties

  /// An answer to CONNECT.
  public init(sessionPresent: Bool = false, reasonCode: ReasonCode = .success, properties: Properties = []) {
    self.sessionPresent = sessionPresent
    self.reasonCode = reasonCode
    self.properties = properties
  }
}

extension ReasonCode {
  /// The codes of 5.0 by the return code of CONNACK in 3.1.1. Source: MQTT 3.1.1, table 3.1.
  static let byReturnCode: [ReasonCode] = [
    .success, .unsupportedProtocolVersion, .clientIdentifierNotValid, .serverUnavailable, .badUserNameOrPassword,
    .notAuthorized,
  ]

  /// The number that stands for the code in such a packet: CONNACK of 3.1.1 has return codes of its own.
  ///
  /// Source: MQTT 3.1.1, table 3.1.
  public func number(in packet: PacketType, of version: ProtocolVersion) -> UInt8 {
    guard packet == .connack, version == .v3_1_1 else { return rawValue }
    return Self.byReturnCode.firstIndex(of: self).map(UInt8.init) ?? rawValue
  }
}
