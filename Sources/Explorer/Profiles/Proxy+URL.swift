import MQTTClient

extension Proxy {
  /// A proxy as people write it: `socks5://user:password@host:port`, `http://host:port`.
  package init(url text: String) throws(ProxyURLError) {
    guard let mark = text.firstRange(of: "://") else { throw .scheme }
    let kind: Kind
    switch text[..<mark.lowerBound].lowercased() {
    case "socks5", "socks5h", "socks": kind = .socks5  // all of them let the proxy look up the names
    case "http": kind = .http
    default: throw .scheme
    }
    var place = text[mark.upperBound...]
    if place.hasSuffix("/") { place.removeLast() }
    var user: [String] = []
    if let at = place.lastIndex(of: "@") {
      for part in place[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false) {
        guard let words = PercentEncoding.decode(part) else { throw .percent }
        user.append(words)
      }
      place = place[place.index(after: at)...]
    }
    do throws(BrokerURLError) {
      let (host, port) = try HostAndPort.parse(place, defaultPort: kind == .socks5 ? 1080 : 3128)
      self.init(kind, host: host, port: port, username: user.first, password: user.dropFirst().first)
    } catch {
      throw .place
    }
  }
}

/// Why text does not name a proxy; none of it is repeated, for there may be a password in it.
package enum ProxyURLError: Error, Equatable, CustomStringConvertible {
  case scheme, percent, place

  package var description: String {
    switch self {
    case .scheme: "A proxy reads socks5://host:port or http://host:port."
    case .percent: "The user or the password has a % that is not followed by two hexadecimal digits of UTF-8."
    case .place: "The host or the port of the proxy is none."
    }
  }
}
