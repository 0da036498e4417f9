/// Where a broker listens, and what carries MQTT there.
public enum Endpoint: Hashable, Sendable {
  /// A TCP port of a host, given by name or by IPv4 or IPv6 address.
  case tcp(host: String, port: Int)
  /// The same, with TLS.
  case tls(host: String, port: Int)
  /// A WebSocket; the path begins with a slash and may have a query.
  case webSocket(host: String, port: Int, path: String)
  /// A WebSocket in TLS.
  case secureWebSocket(host: String, port: Int, path: String)
  /// A Unix domain socket of this machine.
  case unix(path: String)
}

extension Endpoint {
  /// The host and its port; nil for a Unix socket.
  public var address: (host: String, port: Int)? {
    switch self {
    case .tcp(let host, let port), .tls(let host, let port), .webSocket(let host, let port, _),
      .secureWebSocket(let host, let port, _):
      (host, port)
    case .unix: nil
    }
  }

  /// Whether TLS protects the connection.
  public var isSecure: Bool {
    switch self {
    case .tls, .secureWebSocket: true
    case .tcp, .webSocket, .unix: false
    }
  }

  /// The path of the WebSocket, if it is one.
  var webSocketPath: String? {
    switch self {
    case .webSocket(_, _, let path), .secureWebSocket(_, _, let path): path
    case .tcp, .tls, .unix: nil
    }
  }

  /// The same place without the query of its path, which may hold a signature that lets in whoever has it.
  public var withoutQuery: Endpoint {
    switch self {
    case .webSocket(let host, let port, let path): .webSocket(host: host, port: port, path: Self.withoutQuery(path))
    case .secureWebSocket(let host, let port, let path):
      .secureWebSocket(host: host, port: port, path: Self.withoutQuery(path))
    case .tcp, .tls, .unix: self
    }
  }

  private static func withoutQuery(_ path: String) -> String { String(path.prefix { $0 != "?" }) }

  /// The same place with TLS, or without.
  func secured(_ isSecure: Bool) -> Endpoint {
    guard let (host, port) = address else { return self }
    if let path = webSocketPath {
      return isSecure
        ? .secureWebSocket(host: host, port: port, path: path) : .webSocket(host: host, port: port, path: path)
    }
    return isSecure ? .tls(host: host, port: port) : .tcp(host: host, port: port)
  }
}

extension Endpoint: CustomStringConvertible {
  /// What people read: `host:port` for plain TCP, with brackets around an IPv6 address, else what they would type.
  public var description: String {
    switch self {
    case .tcp(let host, let port): Self.authority(host, port)
    case .tls(let host, let port): "mqtts://\(Self.authority(host, port))"
    case .webSocket(let host, let port, let path): "ws://\(Self.authority(host, port))\(path)"
    case .secureWebSocket(let host, let port, let path): "wss://\(Self.authority(host, port))\(path)"
    case .unix(let path): "unix://\(path)"
    }
  }

  /// The place as a URL.
  var url: String { if case .tcp = self { "mqtt://\(description)" } else { description } }

  static func authority(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
