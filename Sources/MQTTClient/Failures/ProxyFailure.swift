/// Why a proxy did not bring us to a broker.
public struct ProxyFailure: Equatable, Sendable {
  /// What happened at the proxy.
  public enum Fault: Equatable, Sendable {
    /// There is no connection to the proxy itself, with the words of the system.
    case unreachable(String)
    /// It wants a user and password, and there are none.
    case credentialsWanted
    /// It does not take the user and password.
    case credentialsRefused
    /// A SOCKS proxy refused, with this code.
    case socks(UInt8)
    /// An HTTP proxy refused, with this status and words.
    case http(status: Int, words: String)
    /// It does not speak the protocol of such a proxy.
    case notAProxy
    /// It closed the connection.
    case closed
    /// The host, the user or the password is too long for the protocol.
    case unsendable
  }

  /// The proxy.
  public var proxy: Proxy
  /// What happened there.
  public var fault: Fault

  /// A failure at a proxy.
  public init(_ proxy: Proxy, _ fault: Fault) {
    self.proxy = proxy
    self.fault = fault
  }
}

extension ProxyFailure {
  /// Whether another attempt may end differently without anybody's help.
  var mayPass: Bool {
    switch fault {
    case .unreachable, .closed: true
    case .socks(let code): code != 2 && code != 7 && code != 8
    case .http(let status, _): status == 408 || status == 429 || status >= 500
    case .credentialsWanted, .credentialsRefused, .notAProxy, .unsendable: false
    }
  }

  /// What happened, and what to try.
  func sentence(about endpoint: Endpoint) -> String {
    switch fault {
    case .unreachable(let why): "The proxy \(proxy) cannot be reached: \(why) Is it running?"
    case .credentialsWanted: "The proxy \(proxy) wants a user and a password: put them into ALL_PROXY."
    case .credentialsRefused: "The proxy \(proxy) does not take the user and password."
    case .socks(let code): "The proxy \(proxy) did not connect us to \(endpoint): \(Self.meaning(code))."
    case .http(let status, let words):
      "The proxy \(proxy) did not connect us to \(endpoint): \(status)\(words.isEmpty ? "" : " \(words)")."
        + (status == 403 || status == 405 ? " Many proxies allow port 443 only." : "")
    case .notAProxy: "\(proxy) is not such a proxy: is its port right, and its kind (socks5 or http)?"
    case .closed: "The proxy \(proxy) closed the connection: does it allow connections to \(endpoint)?"
    case .unsendable: "The proxy \(proxy) cannot be asked: the host, the user or the password cannot be sent to it."
    }
  }

  private static func meaning(_ code: UInt8) -> String {
    switch code {
    case 1: "it failed"
    case 2: "its rules do not allow it"
    case 3: "the network is unreachable"
    case 4: "the host is unreachable, or its name has no address"
    case 5: "the connection was refused"
    case 6: "the time ran out"
    case 7: "it does not know how to connect"
    case 8: "it does not know this kind of address"
    default: "it says \(code)"
    }
  }
}
