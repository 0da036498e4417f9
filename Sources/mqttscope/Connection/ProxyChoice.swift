import MQTTClient

/// Which proxy a connection goes through: the one of the command line, or the one of the environment.
struct ProxyChoice {
  /// `--proxy`: a URL, `none`, or nothing.
  let option: String?
  /// A variable of the environment.
  let variable: (String) -> String?

  /// The proxy for a host; nil is the direct way.
  func proxy(for host: String) throws(Failure) -> Proxy? {
    if let option {
      if option == "none" { return nil }
      let proxy = try Self.parse(option, from: "--proxy")
      guard proxy.password == nil else {
        throw .usage(
          "--proxy holds a password, which others on this machine can read in the list of processes: put the proxy's URL"
            + " into ALL_PROXY.")
      }
      return proxy
    }
    for name in ["ALL_PROXY", "all_proxy"] {
      guard let text = variable(name), !text.isEmpty else { continue }
      return isLocal(host) || isExempt(host) ? nil : try Self.parse(text, from: name)
    }
    return nil
  }

  /// This machine is never reached through another one, unless that is said on the command line.
  private func isLocal(_ host: String) -> Bool {
    host.lowercased() == "localhost" || host.hasPrefix("127.") || host == "::1"
  }

  /// Whether `NO_PROXY` has the host, the domain it is in, or `*`.
  private func isExempt(_ host: String) -> Bool {
    let list = variable("NO_PROXY") ?? variable("no_proxy") ?? ""
    let host = host.lowercased()
    return list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
      let name = entry.hasPrefix("*.") ? entry.dropFirst(2) : entry.hasPrefix(".") ? entry.dropFirst() : entry
      return entry == "*" || host == name || host.hasSuffix(".\(name)")
    }
  }

  private static func parse(_ text: String, from source: String) throws(Failure) -> Proxy {
    do {
      return try Proxy(text)
    } catch {
      throw .usage("\(source): \(error)")
    }
  }
}

extension Proxy {
  /// A proxy as people write it: `socks5://user:password@host:port`, `http://host:port`.
  fileprivate init(_ text: String) throws(ProxyURLError) {
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
private enum ProxyURLError: Error, CustomStringConvertible {
  case scheme, percent, place

  var description: String {
    switch self {
    case .scheme: "a proxy reads socks5://host:port or http://host:port."
    case .percent: "the user or the password has a % that is not followed by two hexadecimal digits of UTF-8."
    case .place: "the host or the port of the proxy is none."
    }
  }
}
