import Crypto
import FoundationEssentials
import NIOCore

/// The request that turns HTTP into a WebSocket for MQTT, RFC 6455 and chapter 6 of the standard.
struct WebSocketOpening: Opening {
  let waiting = Disconnection.Waiting.webSocket
  private let host: String
  private let path: String
  private let headers: [WebSocketHeader]
  /// 16 random bytes in base 64, by which the answer is known to be to this request.
  private let key: String

  /// - Parameter key: 16 random bytes.
  init(
    host: String, path: String, headers: [WebSocketHeader], key: [UInt8] = Self.randomKey()
  ) throws(Disconnection.Reason) {
    for header in headers where !header.isSendable { throw .webSocket(.unsendable(header: header.name)) }
    self.host = host
    self.path = Self.encoded(path)
    self.headers = headers
    self.key = Data(key).base64EncodedString()
  }

  func start() -> [UInt8] {
    var lines = ["GET \(path) HTTP/1.1"]
    let own = headers.map { $0.name.lowercased() }
    if !own.contains("host") { lines.append("Host: \(host)") }
    lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13"]
    lines.append("Sec-WebSocket-Protocol: mqtt")  // [MQTT-6.0.0-3]
    lines += headers.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  mutating func receive(_ bytes: inout ByteBuffer) -> OpeningStep {
    let first = Array(bytes.readableBytesView.prefix(200))
    do throws(HTTPHead.Fault) {
      while true {
        guard let head = try HTTPHead.take(from: &bytes) else { return .needMore }
        if (100..<200).contains(head.status), head.status != 101 { continue }  // there is more to come
        return answered(head)
      }
    } catch {
      return .failed(Self.reason(error, first))
    }
  }

  func closed(after bytes: ByteBuffer) -> Disconnection.Reason {
    bytes.readableBytes == 0
      ? .webSocket(.notHTTP) : .webSocket(.invalid("it closed the connection in the middle of its answer"))
  }

  private func answered(_ head: HTTPHead) -> OpeningStep {
    guard head.status == 101 else { return .failed(.webSocket(.refused(status: head.status, words: head.words))) }
    guard head.values(of: "upgrade").contains(where: { $0.lowercased() == "websocket" }),
      head.values(of: "connection").contains(where: { $0.lowercased() == "upgrade" })
    else { return .failed(.webSocket(.invalid("it changed to another protocol than WebSocket"))) }
    guard head.values(of: "sec-websocket-accept") == [expected] else {
      return .failed(.webSocket(.invalid("its answer is not to our request (Sec-WebSocket-Accept)")))
    }
    guard head.values(of: "sec-websocket-extensions").isEmpty else {
      return .failed(.webSocket(.invalid("it uses an extension that we did not offer")))
    }
    let protocols = head.values(of: "sec-websocket-protocol")
    guard protocols == ["mqtt"] else {  // [MQTT-6.0.0-4]
      return .failed(.webSocket(.noMQTT(subprotocol: protocols.first.map { Evidence.text($0) })))
    }
    return .finished
  }

  private var expected: String {
    let proof = Insecure.SHA1.hash(data: Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    return Data(proof).base64EncodedString()
  }

  private static func reason(_ fault: HTTPHead.Fault, _ first: [UInt8]) -> Disconnection.Reason {
    switch fault {
    case .tooLarge: .webSocket(.invalid("the head of its answer is larger than \(HTTPHead.sizeLimit >> 10) KiB"))
    case .notHTTP: Stranger(first).map { .notMQTT($0) } ?? .webSocket(.notHTTP)
    }
  }

  /// The path as it may stand in a request: without blanks and line ends, whoever wrote it.
  private static func encoded(_ path: String) -> String {
    var text = path.hasPrefix("/") ? "" : "/"
    for byte in path.utf8 {
      if byte > 0x20, byte < 0x7f {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }

  static func randomKey() -> [UInt8] { (0..<16).map { _ in .random(in: .min ... .max) } }
}
