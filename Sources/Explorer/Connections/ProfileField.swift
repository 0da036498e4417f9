/// The fields of the form of a profile, in the order of Tab.
enum ProfileField: Int, CaseIterable, Sendable {
  case name, url, clientID, username, passwordSource, password
  case version, cleanStart, sessionExpiry, keepAlive, subscriptions
  case willTopic, willPayload, willQoS, willRetain, willDelay
  case verifies, pin, authorities, certificate, key, serverName, protocols, minimumVersion
  case headers, proxy, memory, isReadOnly, theme

  var label: String {
    switch self {
    case .name: "Name"
    case .url: "URL"
    case .clientID: "Client id"
    case .username: "User"
    case .passwordSource: "Password from"
    case .password: "Password"
    case .version: "Protocol"
    case .cleanStart: "Clean start"
    case .sessionExpiry: "Session expiry"
    case .keepAlive: "Keep alive"
    case .subscriptions: "Subscriptions"
    case .willTopic: "Will topic"
    case .willPayload: "Will payload"
    case .willQoS: "Will QoS"
    case .willRetain: "Will retain"
    case .willDelay: "Will delay"
    case .verifies: "Verify TLS"
    case .pin: "Pinned cert"
    case .authorities: "CA file"
    case .certificate: "Client cert"
    case .key: "Client key"
    case .serverName: "Server name"
    case .protocols: "ALPN"
    case .minimumVersion: "TLS at least"
    case .headers: "WS headers"
    case .proxy: "Proxy"
    case .memory: "Memory"
    case .isReadOnly: "Read only"
    case .theme: "Theme"
    }
  }

  /// What an empty field stands for, or could hold.
  var placeholder: String {
    switch self {
    case .name: "such as home"
    case .url: "mqtt://host:1883"
    case .clientID: "a new one for each connection"
    case .username: "none, or that of the URL"
    case .password: ""
    case .sessionExpiry: "seconds; the session ends with the connection"
    case .keepAlive: "seconds; 60"
    case .subscriptions: "# and $SYS/#"
    case .willTopic: "no will"
    case .willPayload: "(empty)"
    case .willDelay: "seconds; at once"
    case .pin: "SHA-256 of the one certificate that is accepted"
    case .authorities: "those of the system"
    case .certificate, .key: "a file in PEM"
    case .serverName: "the host of the URL"
    case .protocols: "such as mqtt"
    case .headers: "Name: value, one a line"
    case .proxy: "such as socks5://host:1080"
    case .memory: "what --memory says"
    case .theme: "that of the other brokers"
    default: ""
    }
  }

  /// What can be chosen; empty for a field that is typed.
  var choices: [String] {
    switch self {
    case .passwordSource: ["asked", "file", "command", "variable", "written"]
    case .version: Profile.Version.allCases.map(\.rawValue)
    case .cleanStart: ["yes", "no"]
    case .willQoS: ["0", "1", "2"]
    case .willRetain, .isReadOnly: ["no", "yes"]
    case .verifies: ["yes", "no"]
    case .minimumVersion: ["any", "1.2", "1.3"]
    default: []
    }
  }

  var isTyped: Bool { choices.isEmpty }
  /// Whether Enter begins a new line.
  var hasLines: Bool { self == .subscriptions || self == .headers }

  /// What to know about the field that has the keys.
  var hint: String? {
    switch self {
    case .passwordSource: "Where the password is taken from at each connection; written stands in the file as it is."
    case .subscriptions: "One a line: FILTER, then if wanted q0 q1 q2, no-local, as-live, if-new, no-retained."
    case .clientID: "Two clients of one identifier end each other's connections."
    case .cleanStart: "No: the broker keeps the session, if the client identifier stays the same."
    case .protocols: "Names with blanks between them."
    default: nil
    }
  }
}
