/// The part of a URL that says where: `host`, `host:port`, `[::1]:port`.
enum HostAndPort {
  static func parse(_ text: Substring, defaultPort: Int) throws(BrokerURLError) -> (host: String, port: Int) {
    if text.first == "[" {
      guard let close = text.firstIndex(of: "]") else { throw .bracket }
      var host = String(text[text.index(after: text.startIndex)..<close])
      // A URL has %25 for the % in front of the network interface. Source: RFC 6874
      if let zone = host.firstRange(of: "%25"), zone.upperBound < host.endIndex {
        host.replaceSubrange(zone, with: "%")
      }
      let rest = text[text.index(after: close)...]
      guard !host.isEmpty else { throw .noHost }
      guard isVisible(host) else { throw .host(host) }
      guard rest.isEmpty || rest.first == ":" else { throw .bracket }
      return (host, try port(rest.isEmpty ? nil : rest.dropFirst(), defaultPort))
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .bareIPv6(String(text)) }
    guard let host = parts.first, !host.isEmpty else { throw .noHost }
    guard isVisible(host) else { throw .host(String(host)) }
    return (String(host), try port(parts.count == 2 ? parts[1] : nil, defaultPort))
  }

  /// Whether nothing of a host is a blank, a control character, or what has no place of its own on a screen.
  private static func isVisible(_ host: some StringProtocol) -> Bool {
    host.unicodeScalars.allSatisfy { scalar in
      ![.control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator].contains(
        scalar.properties.generalCategory)
    }
  }

  private static func port(_ digits: Substring?, _ defaultPort: Int) throws(BrokerURLError) -> Int {
    guard let digits else { return defaultPort }
    guard digits.allSatisfy(\.isASCII), let port = Int(digits), (1...65_535).contains(port) else {
      throw .port(String(digits))
    }
    return port
  }
}
