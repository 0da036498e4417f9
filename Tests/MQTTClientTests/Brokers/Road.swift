import MQTTClient
import TestSupport

/// The ways into a mosquitto.
enum Road: CaseIterable, Sendable {
  case plain
  /// With a user name and a password.
  case password
  case tls
  case clientCertificate
  case webSocket
  case secureWebSocket
  case unix

  /// A broker that is reached this way alone.
  func start() throws -> any RealBroker {
    switch self {
    case .plain: try Mosquitto()
    case .password: try GuardedMosquitto()
    case .tls, .clientCertificate, .webSocket, .secureWebSocket, .unix: try Broker(listener)
    }
  }

  /// Makes a configuration one for this way to the broker.
  func lead(_ configuration: inout Configuration, to place: Relay.Place) throws {
    let identities = try TestIdentities.shared()
    configuration.tls.certificateAuthorities = identities.authority
    if self == .clientCertificate {
      configuration.tls.certificate = identities.client.certificate
      configuration.tls.privateKey = identities.client.key
    }
    configuration.endpoint =
      switch (self, place) {
      case (_, .path(let path)): .unix(path: path)
      case (.tls, .port(let port)), (.clientCertificate, .port(let port)): .tls(host: "localhost", port: Int(port))
      case (.webSocket, .port(let port)): .webSocket(host: "localhost", port: Int(port), path: "/mqtt")
      case (.secureWebSocket, .port(let port)): .secureWebSocket(host: "localhost", port: Int(port), path: "/mqtt")
      case (_, .port(let port)): .tcp(host: "127.0.0.1", port: Int(port))
      }
  }

  /// Whether TLS protects it.
  var isSecure: Bool {
    switch self {
    case .tls, .clientCertificate, .secureWebSocket: true
    case .plain, .password, .webSocket, .unix: false
    }
  }

  private var listener: Mosquitto.Listener {
    get throws {
      let identities = try TestIdentities.shared()
      return switch self {
      case .tls: .tls(identities.broker)
      case .clientCertificate: .tls(identities.broker, ["require_certificate true", "cafile \(identities.authority)"])
      case .webSocket: .webSocket
      case .secureWebSocket: .secureWebSocket(identities.broker)
      case .plain, .password, .unix: .unix
      }
    }
  }
}
