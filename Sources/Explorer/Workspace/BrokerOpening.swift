import MQTT
import MQTTClient

/// What one broker is opened with.
package struct BrokerOpening: Equatable, Sendable {
  /// The profile that it is opened by, if any.
  package var profile: String?
  /// The broker as the user named it.
  package var address: String
  package var clientID: String
  package var subscriptions: [Subscription]
  /// Whoever answers is believed, which the screen shows from the beginning.
  package var isUnverified = false
  /// Bytes that its messages and topics may take; nil is what `--memory` says.
  package var memoryLimit: Int?
  package var isReadOnly = false
  package var theme: String?

  /// A broker by its address.
  package init(address: String, clientID: String, subscriptions: [Subscription]) {
    self.address = address
    self.clientID = clientID
    self.subscriptions = subscriptions
  }

  /// A broker by its URL and the options of the command line.
  package init(_ configuration: Configuration) {
    address = configuration.endpoint.description
    clientID = configuration.clientID
    subscriptions = configuration.subscriptions
    isUnverified = configuration.endpoint.isSecure && configuration.tls.verification == .none
  }

  /// A broker by its profile.
  package init(_ name: String, _ profile: Profile) {
    self.profile = name
    address = profile.address
    clientID = profile.clientID ?? ""
    subscriptions = profile.subscriptions.isEmpty ? Profile.everything : profile.subscriptions
    isUnverified = profile.tls.verifies == false
    memoryLimit = profile.memory?.bytes
    isReadOnly = profile.isReadOnly ?? false
    theme = profile.theme
  }
}
