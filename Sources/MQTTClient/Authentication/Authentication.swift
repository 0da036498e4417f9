/// How a client proves who it is in the exchange of AUTH packets, which MQTT 5.0 has beside user name and password.
public enum Authentication: Equatable, Sendable {
  /// SCRAM-SHA-256: the password never crosses the network, and the broker proves that it knows it too.
  ///
  /// User name and password are sent as they are given, without the normalisation that RFC 5802 has for other than ASCII.
  case scramSHA256(username: String, password: [UInt8], nonce: ScramNonce = .random)

  /// The name of the method in CONNECT.
  public var method: String {
    switch self {
    case .scramSHA256: "SCRAM-SHA-256"
    }
  }

  /// Who we say we are.
  public var username: String {
    switch self {
    case .scramSHA256(let username, _, _): username
    }
  }

  /// A new exchange.
  func begin() -> Scram {
    switch self {
    case .scramSHA256(let username, let password, let nonce):
      Scram(username: username, password: password, nonce: nonce.make())
    }
  }
}

/// Where the client's part of an exchange that nobody can foresee comes from.
public enum ScramNonce: Equatable, Sendable {
  /// The system's random numbers.
  case random
  /// This text, so that an exchange can be repeated byte for byte.
  case fixed(String)

  func make() -> String {
    switch self {
    case .fixed(let text): return text
    case .random:
      var system = SystemRandomNumberGenerator()
      return (0..<3).map { _ in String(system.next(), radix: 36) }.joined()
    }
  }
}
