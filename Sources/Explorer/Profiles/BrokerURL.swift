import MQTTClient

/// Where a broker is, as people write it: `mqtt://user@host:port`, `host:port`, or a bare host.
package struct BrokerURL: Equatable {
  package let host: String
  package let port: Int
  package let username: String?

  package var endpoint: Endpoint { .tcp(host: host, port: port) }

  package init(_ text: String) throws(BrokerURLError) {
    var rest = text[...]
    if let mark = text.firstRange(of: "://") {
      try Self.check(scheme: text[..<mark.lowerBound].lowercased())
      rest = text[mark.upperBound...]
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    guard ["", "/"].contains(rest.dropFirst(authority.count)) else { throw .path }
    let place: Substring
    if let at = authority.lastIndex(of: "@") {
      username = try Self.username(authority[..<at])
      place = authority[authority.index(after: at)...]
    } else {
      username = nil
      place = authority
    }
    (host, port) = try Self.hostAndPort(place)
  }

  private static func check(scheme: String) throws(BrokerURLError) {
    switch scheme {
    case "mqtt", "tcp": return
    case "mqtts", "ssl", "tls", "ws", "wss", "unix": throw .notYet(scheme: scheme)
    default: throw .scheme(scheme)
    }
  }

  private static func username(_ text: Substring) throws(BrokerURLError) -> String? {
    guard !text.contains(":") else { throw .password }
    guard !text.isEmpty else { return nil }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        throw .percent
      }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    guard let name = String(validating: bytes, as: UTF8.self) else { throw .percent }
    return name
  }

  private static func hostAndPort(_ text: Substring) throws(BrokerURLError) -> (String, Int) {
    if text.first == "[" {
      guard let close = text.firstIndex(of: "]") else { throw .bracket }
      let host = text[text.index(after: text.startIndex)..<close]
      let rest = text[text.index(after: close)...]
      guard !host.isEmpty else { throw .noHost }
      guard rest.isEmpty || rest.first == ":" else { throw .bracket }
      return (String(host), try port(rest.dropFirst(), isGiven: !rest.isEmpty))
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .bareIPv6(String(text)) }
    guard let host = parts.first, !host.isEmpty else { throw .noHost }
    guard host.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f }) else { throw .host(String(host)) }
    return (String(host), try port(parts.last ?? "", isGiven: parts.count == 2))
  }

  private static func port(_ digits: Substring, isGiven: Bool) throws(BrokerURLError) -> Int {
    guard isGiven else { return 1883 }  // the port that IANA gave to mqtt
    guard digits.allSatisfy(\.isASCII), let port = Int(digits), (1...65_535).contains(port) else {
      throw .port(String(digits))
    }
    return port
  }
}
