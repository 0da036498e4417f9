import MQTT
import Terminal

/// The settings of a profile under the names of the configuration, as TOML writes them.
extension Profile {
  /// All settings that a profile may have, in the order in which they are written.
  static let keys = [
    "url", "client_id", "username", "password_file", "password_command", "password_env", "password", "protocol",
    "clean_start", "session_expiry", "keep_alive", "will", "subscriptions", "tls", "websocket", "proxy", "memory",
    "read_only", "theme",
  ]
  static let willKeys = ["topic", "payload", "qos", "retain", "delay"]
  static let subscriptionKeys = ["filter", "qos", "no_local", "retain_as_published", "retain_handling"]
  static let tlsKeys = [
    "ca_file", "certificate", "key", "server_name", "alpn", "verify", "pin", "min_version",
  ]

  /// Each setting that was said, with its value.
  var settings: [(key: String, value: String)] {
    var all: [(key: String, value: String?)] = [
      ("url", TOMLQuoting.string(url)), ("client_id", clientID.map(TOMLQuoting.string)),
      ("username", username.map(TOMLQuoting.string)),
    ]
    switch password {
    case .file(let path): all.append(("password_file", TOMLQuoting.string(path)))
    case .command(let command): all.append(("password_command", TOMLQuoting.string(command)))
    case .environment(let name): all.append(("password_env", TOMLQuoting.string(name)))
    case .written(let text): all.append(("password", TOMLQuoting.string(text)))
    case nil: break
    }
    all += [
      ("protocol", version.map { TOMLQuoting.string($0.rawValue) }), ("clean_start", cleanStart.map { "\($0)" }),
      ("session_expiry", sessionExpiry.map { "\($0)" }), ("keep_alive", keepAlive.map { "\($0)" }),
      ("will", will.map { TOMLQuoting.table($0.settings) }),
      ("subscriptions", subscriptions.isEmpty ? nil : TOMLQuoting.array(subscriptions.map(Self.text))),
      ("tls", tls == ProfileTLS() ? nil : TOMLQuoting.table(tls.settings)),
      ("websocket", headers.isEmpty ? nil : "{ headers = \(headersText) }"),
      ("proxy", proxy.map(TOMLQuoting.string)), ("memory", memory.map { TOMLQuoting.string($0.description) }),
      ("read_only", isReadOnly.map { "\($0)" }), ("theme", theme.map(TOMLQuoting.string)),
    ]
    return all.said
  }

  private var headersText: String { TOMLQuoting.table(headers.map { ($0.name, TOMLQuoting.string($0.value)) }) }

  private static func text(of subscription: Subscription) -> String {
    let settings: [(key: String, value: String?)] = [
      ("filter", TOMLQuoting.string(subscription.filter)),
      ("qos", subscription.qos == .atMostOnce ? nil : "\(subscription.qos.rawValue)"),
      ("no_local", subscription.noLocal ? "true" : nil),
      ("retain_as_published", subscription.retainAsPublished ? nil : "false"),
      ("retain_handling", subscription.retainHandling == .send ? nil : "\(subscription.retainHandling.rawValue)"),
    ]
    return TOMLQuoting.table(settings.said)
  }
}

extension ProfileWill {
  var settings: [(key: String, value: String)] {
    let all: [(key: String, value: String?)] = [
      ("topic", TOMLQuoting.string(topic)), ("payload", TOMLQuoting.string(payload)),
      ("qos", qos == .atMostOnce ? nil : "\(qos.rawValue)"), ("retain", isRetained ? "true" : nil),
      ("delay", delay.map { "\($0)" }),
    ]
    return all.said
  }
}

extension ProfileTLS {
  var settings: [(key: String, value: String)] {
    let all: [(key: String, value: String?)] = [
      ("ca_file", authorities.map(TOMLQuoting.string)), ("certificate", certificate.map(TOMLQuoting.string)),
      ("key", key.map(TOMLQuoting.string)), ("server_name", serverName.map(TOMLQuoting.string)),
      ("alpn", protocols.isEmpty ? nil : TOMLQuoting.array(protocols.map(TOMLQuoting.string))),
      ("verify", verifies.map { "\($0)" }), ("pin", pin.map(TOMLQuoting.string)),
      ("min_version", minimumVersion.map(TOMLQuoting.string)),
    ]
    return all.said
  }
}

extension [(key: String, value: String?)] {
  /// Those that have a value.
  fileprivate var said: [(key: String, value: String)] {
    compactMap { setting in setting.value.map { (setting.key, $0) } }
  }
}
