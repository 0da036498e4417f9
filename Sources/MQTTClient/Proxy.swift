/// A server that carries our connections, and looks up the names of hosts for us.
public struct Proxy: Equatable, Sendable {
  /// How a proxy is spoken to.
  public enum Kind: String, Sendable {
    /// SOCKS of version 5, RFC 1928.
    case socks5
    /// CONNECT of HTTP, RFC 9110.
    case http
  }

  /// How it is spoken to.
  public var kind: Kind
  /// Its host, by name or by address.
  public var host: String
  /// Its TCP port.
  public var port: Int
  /// The user name, if it wants one.
  public var username: String?
  /// The password.
  public var password: String?

  /// A proxy.
  public init(_ kind: Kind, host: String, port: Int, username: String? = nil, password: String? = nil) {
    self.kind = kind
    self.host = host
    self.port = port
    self.username = username
    self.password = password
  }
}

extension Proxy: CustomStringConvertible {
  /// The proxy as a URL, without its user and password.
  public var description: String { "\(kind.rawValue)://\(Endpoint.authority(host, port))" }
}
