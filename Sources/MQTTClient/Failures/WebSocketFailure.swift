/// Why a WebSocket did not come about, or ended.
public enum WebSocketFailure: Equatable, Sendable {
  /// The server answered with this status and these words instead of opening one.
  case refused(status: Int, words: String)
  /// The server opened one, but does not speak MQTT on it; with the protocol that it named, if any.
  case noMQTT(subprotocol: String?)
  /// The server's answer is not what RFC 6455 demands.
  case invalid(String)
  /// The server closed it, with this code and these words.
  case closed(code: Int, words: String)
  /// The server sent text where MQTT is bytes.
  case text
  /// Who answers does not speak HTTP.
  case notHTTP
  /// A header that was asked for cannot be sent.
  case unsendable(header: String)
}

extension WebSocketFailure {
  /// Whether another attempt may end differently without anybody's help.
  var mayPass: Bool {
    switch self {
    case .refused(let status, _): status == 408 || status == 429 || status >= 500
    case .closed, .invalid, .text: true
    case .noMQTT, .notHTTP, .unsendable: false
    }
  }

  /// Whether it ended a WebSocket that had come about.
  public var isLate: Bool {
    switch self {
    case .closed, .text, .invalid: true
    case .refused, .noMQTT, .notHTTP, .unsendable: false
    }
  }

  /// What happened, and what to try.
  func sentence(about endpoint: Endpoint) -> String {
    switch self {
    case .refused(let status, let words):
      "\(endpoint) refused the WebSocket: \(status)\(words.isEmpty ? "" : " \(words)"). \(Self.advice(status))"
    case .noMQTT(nil):
      "\(endpoint) opened a WebSocket that is not for MQTT: it did not agree to the sub-protocol mqtt. Is the path right?"
    case .noMQTT(let name?):
      "\(endpoint) opened a WebSocket for \(name) where mqtt was asked for: is the path right?"
    case .invalid(let what): "\(endpoint) broke the WebSocket protocol: \(what)."
    case .closed(let code, let words):
      "The broker closed the WebSocket: \(code) \(Self.meaning(code))." + (words.isEmpty ? "" : " It says: “\(words)”.")
    case .text: "\(endpoint) sent text on the WebSocket, where MQTT is bytes: is the path that of a broker?"
    case .notHTTP:
      "\(endpoint) does not speak HTTP, which a WebSocket begins with. Without it, it would be \(Self.plain(endpoint))."
    case .unsendable(let header):
      "The header “\(Evidence.text(header))” cannot be sent: it is no field of HTTP, or one of the handshake's own."
    }
  }

  private static func advice(_ status: Int) -> String {
    switch status {
    case 400: "Does the server speak MQTT over WebSocket on this path?"
    case 401: "It wants to know who we are: see --ws-header, or a user name."
    case 403: "It does not let us in: are the headers and the path right?"
    case 404, 405: "The path may be wrong: brokers use /mqtt, /ws or /."
    case 426: "It wants another version of HTTP or WebSocket."
    case 429: "It has enough of us for now."
    case 300..<400: "It points to another place."
    case 500...: "The server, or one behind it, is not working."
    default: "Is it a broker's address?"
    }
  }

  private static func meaning(_ code: Int) -> String {
    switch code {
    case 1002: "protocol error"
    case 1003: "data of a kind that it does not take"
    case 1007: "data that it cannot read"
    case 1008: "not allowed by its policy"
    case 1009: "message too large"
    case 1010: "an extension is missing"
    case 1011: "an error of the server"
    case 1012: "the service restarts"
    case 1013: "try again later"
    default: "for a reason of its own"
    }
  }

  private static func plain(_ endpoint: Endpoint) -> String {
    guard let (host, port) = endpoint.address else { return endpoint.url }
    return (endpoint.isSecure ? Endpoint.tls(host: host, port: port) : .tcp(host: host, port: port)).url
  }
}
