/// A field that is added to the request that opens a WebSocket.
public struct WebSocketHeader: Equatable, Sendable {
  /// Its name, such as `Authorization`.
  public var name: String
  /// Its value.
  public var value: String

  /// A field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether it can be sent: the name is a token of HTTP, the value one line of it, and the handshake's own fields are
  /// not touched.
  public var isSendable: Bool {
    let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    let name = name.lowercased()
    guard !name.isEmpty, name.utf8.allSatisfy(token.contains) else { return false }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else { return false }
    return name != "upgrade" && name != "connection" && name != "content-length" && name != "transfer-encoding"
      && !name.hasPrefix("sec-websocket-")
  }
}
