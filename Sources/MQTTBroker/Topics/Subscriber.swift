import MQTT

/// One session's part in a subscription.
struct Subscriber: Equatable, Sendable {
  /// The place of the session.
  let session: Int
  /// The highest QoS that it gets.
  let qos: QoS
  let noLocal: Bool
  let retainAsPublished: Bool
  /// The subscription identifier; 0 for none.
  let identifier: UInt32
}
