/// Who answers on a port instead of whom we meant, told by the first bytes.
public enum Stranger: Equatable, Sendable {
  /// TLS, which sends an alert when it is spoken to without.
  case tls
  /// HTTP, with its first line.
  case http(String)
  /// Something that greets in plain text.
  case banner(String)

  /// Whom these first bytes are of; nil if they tell nothing.
  init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(200))
    // An alert or a handshake record, of any version
    if let first = start.first, first == 0x15 || first == 0x16, start.count < 2 || start[1] == 0x03 {
      self = .tls
      return
    }
    let line = start.prefix { $0 != 0x0a && $0 != 0x0d && $0 != 0 }
    if line.starts(with: "HTTP/".utf8) {
      self = .http(Evidence.text(line))
      return
    }
    // The third byte of CONNACK is never printable
    let isText = start.prefix(4).allSatisfy { $0 >= 0x20 && $0 < 0x7f }
    guard isText, line.contains(where: { $0 > 0x20 }) else { return nil }
    self = .banner(Evidence.text(line))
  }
}

extension Stranger {
  /// What happened and what to try, where MQTT was expected, or the answer to the request for a WebSocket.
  func sentence(about endpoint: Endpoint) -> String {
    switch self {
    case .tls: return "\(endpoint) answers in TLS, which we did not speak: try \(endpoint.secured(true).url)."
    case .http(let line):
      let hint =
        endpoint.webSocketPath == nil ? Self.webSocket(instead: endpoint) : "Is the port right?"
      return "\(endpoint) answers in HTTP (“\(line)”), not in MQTT. \(hint)"
    case .banner(let line):
      return "\(endpoint) is not an MQTT broker: it answers “\(line)”. Is the port right?"
    }
  }

  private static func webSocket(instead endpoint: Endpoint) -> String {
    guard let (host, port) = endpoint.address else { return "Is the socket right?" }
    let path = "/mqtt"
    let other: Endpoint =
      endpoint.isSecure
      ? .secureWebSocket(host: host, port: port, path: path) : .webSocket(host: host, port: port, path: path)
    return "For MQTT over WebSocket try \(other)."
  }
}
