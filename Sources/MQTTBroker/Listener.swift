/// Where a broker listens, and how it is spoken to there.
public struct Listener: Equatable, Sendable {
  /// What lies between the network and MQTT.
  public enum Kind: String, Equatable, Sendable {
    /// Nothing.
    case tcp = "mqtt"
    /// TLS.
    case tls = "mqtts"
    /// A WebSocket.
    case webSocket = "ws"
    /// A WebSocket in TLS.
    case secureWebSocket = "wss"
    /// Nothing, on a socket in the file system.
    case unix = "unix"

    /// Whether a certificate is needed.
    public var isSecure: Bool { self == .tls || self == .secureWebSocket }

    var isWebSocket: Bool { self == .webSocket || self == .secureWebSocket }

    fileprivate var port: Int {
      switch self {
      case .tcp, .unix: 1883
      case .tls: 8883
      case .webSocket: 8083
      case .secureWebSocket: 8084
      }
    }
  }

  /// How it is spoken to.
  public let kind: Kind
  /// The address or name of the interface; the path of a socket in the file system.
  public let host: String
  /// The port; 0 lets the system choose.
  public var port: Int

  /// The default: MQTT on loopback alone.
  public static let standard = Listener(kind: .tcp, host: "127.0.0.1", port: 1883)

  init(kind: Kind, host: String, port: Int) {
    (self.kind, self.host, self.port) = (kind, host, port)
  }

  /// Reads `1884`, `0.0.0.0:1884`, `ws://127.0.0.1:8083`, `[::1]:1883` or `unix:///run/broker`; without a host it is
  /// loopback, without a port the usual one. A path behind the port says nothing and is dropped.
  public init?(_ text: String) {
    var rest = text[...]
    var kind = Kind.tcp
    if let end = rest.firstRange(of: "://") {
      guard let named = Kind(rawValue: String(rest[..<end.lowerBound])) else { return nil }
      kind = named
      rest = rest[end.upperBound...]
    }
    if kind == .unix {
      guard !rest.isEmpty else { return nil }
      self.init(kind: kind, host: String(rest), port: 0)
      return
    }
    if let slash = rest.firstIndex(of: "/") { rest = rest[..<slash] }
    guard !rest.isEmpty, !rest.contains("@") else { return nil }
    if rest.allSatisfy(\.isNumber), let port = Int(rest) {
      guard port <= 65_535 else { return nil }
      self.init(kind: kind, host: "127.0.0.1", port: port)
      return
    }
    var host = rest
    var port = kind.port
    let lastColon = rest.lastIndex(of: ":")
    let hasPort = lastColon.map { rest.hasPrefix("[") ? rest[..<$0].hasSuffix("]") : rest.firstIndex(of: ":") == $0 }
    if let lastColon, hasPort == true {
      guard let number = Int(rest[rest.index(after: lastColon)...]), (0...65_535).contains(number) else { return nil }
      host = rest[..<lastColon]
      port = number
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    self.init(kind: kind, host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
  }

  /// Whether only programs of this machine can connect.
  public var isLocal: Bool {
    kind == .unix || host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }
}

extension Listener: CustomStringConvertible {
  /// The URL that clients use.
  public var description: String {
    if kind == .unix { return "unix://\(host)" }
    let name = host.contains(":") ? "[\(host)]" : host
    return "\(kind.rawValue)://\(name):\(port)"
  }
}
