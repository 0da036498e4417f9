/// A version of the protocol, by the number that CONNECT carries.
public enum ProtocolVersion: UInt8, Sendable, CaseIterable {
  /// MQTT 3.1.1.
  case v3_1_1 = 4
  /// MQTT 5.0.
  case v5 = 5
}

extension ProtocolVersion: CustomStringConvertible {
  /// The version as people write it: `3.1.1` or `5.0`.
  public var description: String {
    switch self {
    case .v3_1_1: "3.1.1"
    case .v5: "5.0"
    }
  }
}
