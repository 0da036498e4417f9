import MQTT

/// A broker and how to connect to it, as `[profiles.NAME]` of the configuration says; what is nil was not said.
package struct Profile: Equatable, Sendable {
  var url = ""
  var clientID: String?
  var username: String?
  var password: PasswordSource?
  var version: Version?
  var cleanStart: Bool?
  /// Seconds for which the broker keeps the session after the connection; 5.0 only.
  var sessionExpiry: UInt32?
  /// Seconds.
  var keepAlive: UInt16?
  var will: ProfileWill?
  /// None stands for everything and the broker's own topics.
  var subscriptions: [Subscription] = []
  var tls = ProfileTLS()
  /// Headers of the WebSocket request, in the order of their names.
  var headers: [ProfileHeader] = []
  var proxy: String?
  /// Bytes.
  var memory: ByteSize?
  var isReadOnly: Bool?
  var theme: String?

  init(url: String = "") { self.url = url }

  /// Which version of MQTT is spoken.
  enum Version: String, CaseIterable, Sendable {
    case automatic = "auto"
    case v5 = "5"
    case v3_1_1 = "3.1.1"
  }
}

/// Where a password comes from. It stands in the configuration itself only if the person wrote it there.
enum PasswordSource: Equatable, Sendable {
  case file(String)
  /// The first line that this command writes; it is run without a shell.
  case command(String)
  /// The value of this variable.
  case environment(String)
  case written(String)
}

/// What the broker publishes when we are gone without goodbye.
struct ProfileWill: Equatable, Sendable {
  var topic = ""
  var payload = ""
  var qos = QoS.atMostOnce
  var isRetained = false
  /// Seconds; 5.0 only.
  var delay: UInt32?
}

/// How a connection is secured.
struct ProfileTLS: Equatable, Sendable {
  var authorities: String?
  var certificate: String?
  var key: String?
  var serverName: String?
  var protocols: [String] = []
  var verifies: Bool?
  /// The SHA-256 fingerprint of the one certificate that is accepted.
  var pin: String?
  var minimumVersion: String?
}

/// One header of the WebSocket request.
struct ProfileHeader: Equatable, Sendable {
  var name: String
  var value: String
}
