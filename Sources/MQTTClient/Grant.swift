import MQTT

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
