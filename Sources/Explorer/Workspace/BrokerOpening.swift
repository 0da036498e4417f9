import MQTT

/// What one broker is opened with.
struct BrokerOpening: Equatable, Sendable {
  /// The profile that it is opened by, if any.
  var profile: String?
  /// The broker as the user named it.
  var address: String
  var clientID: String
  var subscriptions: [Subscription]
  /// Bytes that its messages and topics may take; nil is what `--memory` says.
  var memoryLimit: Int?
  var isReadOnly = false
  var theme: String?

  init(address: String, clientID: String, subscriptions: [Subscription], profile: String? = nil) {
    self.address = address
    self.clientID = clientID
    self.subscriptions = subscriptions
    self.profile = profile
  }
}
