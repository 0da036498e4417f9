import NIOCore

/// What lies between the network and MQTT, in the order in which it is passed.
struct Way {
  /// One thing to pass.
  enum Stage {
    case connect(ConnectOpening)
    case socks(SOCKSOpening)
    case tls(TLSContext)
    case webSocket(WebSocketOpening)
  }

  /// Where the network connection goes.
  enum Target: Equatable {
    case host(String, port: Int)
    case socket(path: String)
  }

  let target: Target
  let stages: [Stage]

  /// Prepares the way of a configuration; files are read here.
  init(_ configuration: Configuration) throws(Disconnection.Reason) {
    if case .unix(let path) = configuration.endpoint {
      target = .socket(path: path)
      stages = []
      return
    }
    let (host, port) = configuration.endpoint.address ?? ("", 0)
    try Self.check(host, port)
    var stages: [Stage] = []
    let proxy = configuration.proxy
    if let proxy {
      try Self.check(proxy.host, proxy.port)
      let name = String(host.prefix { $0 != "%" })
      switch proxy.kind {
      case .http: stages.append(.connect(ConnectOpening(proxy, host: name, port: port)))
      case .socks5: stages.append(.socks(try SOCKSOpening(proxy, host: name, port: port)))
      }
    }
    if configuration.endpoint.isSecure { stages.append(.tls(try TLSContext(configuration.tls, host: host))) }
    if let path = configuration.endpoint.webSocketPath {
      let usual = configuration.endpoint.isSecure ? 443 : 80
      let name = port == usual ? (host.contains(":") ? "[\(host)]" : host) : Endpoint.authority(host, port)
      stages.append(.webSocket(try WebSocketOpening(host: name, path: path, headers: configuration.webSocketHeaders)))
    }
    target = .host(proxy?.host ?? host, port: proxy?.port ?? port)
    self.stages = stages
  }

  /// A host goes into lines of HTTP, and NIO would trap on a port that is none.
  private static func check(_ host: String, _ port: Int) throws(Disconnection.Reason) {
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw .unknownHost(Evidence.text(host))
    }
    guard (1...65_535).contains(port) else { throw .network("\(port) is not a port.") }
  }
}
