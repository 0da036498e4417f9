import MQTTClient

/// Where a broker is, as people write it: `mqtts://user@host:port`, `ws://host/path`, `unix:///path`, `host:port`, or a
/// bare host.
package struct BrokerURL: Equatable {
  package let endpoint: Endpoint
  package let username: String?

  /// What can stand before `://`.
  private enum Scheme {
    case tcp, tls, webSocket, secureWebSocket, unix

    init(_ name: String) throws(BrokerURLError) {
      switch name {
      case "mqtt", "tcp": self = .tcp
      case "mqtts", "ssl", "tls": self = .tls
      case "ws": self = .webSocket
      case "wss": self = .secureWebSocket
      case "unix", "mqtt+unix": self = .unix
      default: throw .scheme(name)
      }
    }

    /// The ports that IANA gave to mqtt, secure-mqtt, http and https.
    var defaultPort: Int {
      switch self {
      case .tcp, .unix: 1883
      case .tls: 8883
      case .webSocket: 80
      case .secureWebSocket: 443
      }
    }
  }

  package init(_ text: String) throws(BrokerURLError) {
    var rest = text[...]
    var scheme = Scheme.tcp
    if let mark = text.firstRange(of: "://") {
      scheme = try Scheme(text[..<mark.lowerBound].lowercased())
      rest = text[mark.upperBound...]
    } else if text.hasPrefix("unix:") {
      scheme = .unix
      rest = text.dropFirst(5)
    }
    guard scheme != .unix else {
      endpoint = .unix(path: try Self.socket(rest))
      username = nil
      return
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    let path = rest.dropFirst(authority.count)
    let place: Substring
    if let at = authority.lastIndex(of: "@") {
      username = try Self.username(authority[..<at])
      place = authority[authority.index(after: at)...]
    } else {
      username = nil
      place = authority
    }
    let (host, port) = try HostAndPort.parse(place, defaultPort: scheme.defaultPort)
    endpoint = try Self.endpoint(scheme, host, port, path)
  }

  private static func endpoint(
    _ scheme: Scheme, _ host: String, _ port: Int, _ path: Substring
  ) throws(BrokerURLError) -> Endpoint {
    switch scheme {
    case .tcp, .tls, .unix:
      guard ["", "/"].contains(path) else { throw .path }
      return scheme == .tls ? .tls(host: host, port: port) : .tcp(host: host, port: port)
    case .webSocket: return .webSocket(host: host, port: port, path: try webSocketPath(path))
    case .secureWebSocket: return .secureWebSocket(host: host, port: port, path: try webSocketPath(path))
    }
  }

  /// The path with its query; most brokers have theirs at `/mqtt`.
  private static func webSocketPath(_ path: Substring) throws(BrokerURLError) -> String {
    guard !path.contains("#"), path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { throw .webSocketPath }
    if path.isEmpty { return "/mqtt" }
    return path.hasPrefix("/") ? String(path) : "/\(path)"
  }

  private static func socket(_ path: Substring) throws(BrokerURLError) -> String {
    guard path.hasPrefix("/"), path.count > 1, !path.utf8.contains(0) else { throw .socket }
    return String(path)
  }

  private static func username(_ text: Substring) throws(BrokerURLError) -> String? {
    guard !text.contains(":") else { throw .password }
    guard !text.isEmpty else { return nil }
    guard let name = PercentEncoding.decode(text) else { throw .percent }
    return name
  }
}
