/// Where a broker listens.
public enum Endpoint: Hashable, Sendable {
  /// A TCP port of a host, given by name or by IPv4 or IPv6 address.
  case tcp(host: String, port: Int)
}

extension Endpoint: CustomStringConvertible {
  /// What people read: `host:port`, with brackets around an IPv6 address.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
