import MQTT
import MQTTClient

/// Another way to connect than before, which a person may take; it is never taken by itself.
enum ReconnectionOffer: Equatable, Sendable {
  /// Under this identifier, while another client uses ours.
  case clientID(String)
  /// To the server that the broker named in its place.
  case server(Endpoint)

  /// What the end of a connection suggests; nil if nothing.
  init?(_ end: Disconnection, clientID: String) {
    switch end.reason {
    case .probablyTakenOver, .dismissed(.sessionTakenOver, _): self = .clientID(clientID + "-2")
    default:
      guard let place = end.reason.serverReferences.lazy.compactMap(end.endpoint.moved).first else { return nil }
      self = .server(place)
    }
  }

  /// What the key for it does: `r goes on as “ada-2”.`
  var sentence: String {
    switch self {
    case .clientID(let name): "r goes on as “\(name)”."
    case .server(let endpoint): "f goes to \(endpoint), which it names, and tells it what we tell this one."
    }
  }
}

extension Endpoint {
  /// The same way to another server, such as `other.example:1884`; TLS stays what it is, whatever the reference says.
  ///
  /// Source: MQTT 5.0, 4.11: a host, and a port behind a colon if need be.
  fileprivate func moved(to reference: String) -> Endpoint? {
    do {
      let (host, port) = try HostAndPort.parse(reference[...], defaultPort: isSecure ? 8883 : 1883)
      switch self {
      case .tcp: return .tcp(host: host, port: port)
      case .tls: return .tls(host: host, port: port)
      case .webSocket(_, _, let path): return .webSocket(host: host, port: port, path: path)
      case .secureWebSocket(_, _, let path): return .secureWebSocket(host: host, port: port, path: path)
      case .unix: return nil
      }
    } catch {
      return nil
    }
  }
}
