import MQTT

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
