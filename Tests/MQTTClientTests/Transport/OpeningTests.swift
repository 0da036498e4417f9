import MQTT
import NIOCore
import Testing

@testable import MQTTClient

/// The conversations before MQTT, byte for byte.
struct OpeningTests {
  /// Gives all bytes, cut at a place, and collects what follows.
  private func run<Conversation: Opening>(
    _ opening: Conversation, _ bytes: [UInt8], cut: Int? = nil
  ) -> (steps: [OpeningStep], rest: [UInt8]) {
    var opening = opening
    var buffer = ByteBuffer()
    var steps: [OpeningStep] = []
    for part in cut.map({ [bytes[..<$0], bytes[$0...]] }) ?? [bytes[...]] {
      buffer.writeBytes(part)
      loop: while true {
        let step = opening.receive(&buffer)
        switch step {
        case .needMore: break loop
        case .say: steps.append(step)
        case .finished, .failed: return (steps + [step], Array(buffer.readableBytesView))
        }
      }
    }
    return (steps, Array(buffer.readableBytesView))
  }

  private let proxy = Proxy(.socks5, host: "p", port: 1, username: "ann", password: "pw")
  private let open = Proxy(.socks5, host: "p", port: 1)

  @Test func `SOCKS with user and password says what RFC 1928 and 1929 have`() throws {
    let opening = try SOCKSOpening(proxy, host: "broker", port: 8883)
    #expect(opening.start() == [5, 2, 0, 2])
    let answer: [UInt8] = [5, 2, 1, 0, 5, 0, 0, 3, 2, 0x61, 0x62, 0, 1, 0x20]
    let said: [OpeningStep] = [
      .say([1, 3] + Array("ann".utf8) + [2] + Array("pw".utf8)),
      .say([5, 1, 0, 3, 6] + Array("broker".utf8) + [0x22, 0xb3]), .finished,
    ]
    for cut in 0...answer.count {
      let (steps, rest) = run(opening, answer, cut: cut)
      #expect(steps == said)
      #expect(rest == [0x20] || cut == answer.count - 1 && rest.isEmpty)
    }
  }

  @Test(arguments: [
    ("10.1.2.3", [5, 1, 0, 1, 10, 1, 2, 3, 7, 0x5b] as [UInt8]),
    ("::1", [5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0x5b]),
  ]) func `an address is asked for as one`(host: String, request: [UInt8]) throws {
    let opening = try SOCKSOpening(open, host: host, port: 1883)
    #expect(opening.start() == [5, 1, 0])
    #expect(run(opening, [5, 0]).steps == [.say(request)])
  }

  @Test(
    arguments: [
      ([5, 0xff], .credentialsWanted), ([4, 1], .notAProxy), (Array("HTTP".utf8), .notAProxy),
      ([5, 0, 5, 5], .socks(5)), ([5, 0, 5, 0, 0, 9, 0], .notAProxy),
    ] as [([UInt8], ProxyFailure.Fault)])
  func `a SOCKS proxy that does not help says why`(answer: [UInt8], fault: ProxyFailure.Fault) throws {
    let opening = try SOCKSOpening(open, host: "h", port: 1)
    #expect(run(opening, answer).steps.last == .failed(.proxy(ProxyFailure(open, fault))))
  }

  @Test func `a user that SOCKS does not take is told`() throws {
    let opening = try SOCKSOpening(proxy, host: "h", port: 1)
    #expect(run(opening, [5, 2, 1, 1]).steps.last == .failed(.proxy(ProxyFailure(proxy, .credentialsRefused))))
    #expect(run(opening, [5, 0xff]).steps.last == .failed(.proxy(ProxyFailure(proxy, .credentialsRefused))))
    #expect(throws: Disconnection.Reason.proxy(ProxyFailure(open, .unsendable))) {
      try SOCKSOpening(open, host: String(repeating: "x", count: 256), port: 1)
    }
  }

  @Test func `CONNECT names the target, and who we are if the proxy wants that`() {
    let http = Proxy(.http, host: "p", port: 1, username: "Aladdin", password: "open sesame")
    let opening = ConnectOpening(http, host: "::1", port: 8883)
    let request =
      "CONNECT [::1]:8883 HTTP/1.1\r\nHost: [::1]:8883\r\n"
      + "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n"
    #expect(String(decoding: opening.start(), as: UTF8.self) == request)
    let answer = Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\n\u{20}\u{2}".utf8)
    for cut in 0...answer.count {
      let (steps, rest) = run(opening, answer, cut: cut)
      #expect(steps == [.finished] && [0x20, 2].starts(with: rest))
    }
    for (status, fault) in [(407, ProxyFailure.Fault.credentialsRefused), (403, .http(status: 403, words: "No"))] {
      let steps = run(opening, Array("HTTP/1.1 \(status) No\r\n\r\n".utf8)).steps
      #expect(steps == [.failed(.proxy(ProxyFailure(http, fault)))])
    }
  }

  /// The key and its answer are those of RFC 6455, 1.3.
  private func webSocket(_ headers: [WebSocketHeader] = [], path: String = "/mqtt") throws -> WebSocketOpening {
    try WebSocketOpening(host: "server.example", path: path, headers: headers, key: Array("the sample nonce".utf8))
  }

  private static func answer(_ fields: String = "Sec-WebSocket-Protocol: mqtt\r\n") -> [UInt8] {
    Array(
      ("HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nCONNECTION: keep-alive, upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\(fields)\r\n").utf8)
  }

  @Test func `the request is that of RFC 6455, with the sub-protocol of MQTT`() throws {
    let text = String(decoding: try webSocket([WebSocketHeader("X-Token", "t")]).start(), as: UTF8.self)
    #expect(
      text == "GET /mqtt HTTP/1.1\r\nHost: server.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Protocol: mqtt\r\nX-Token: t\r\n\r\n")
    let host = String(decoding: try webSocket([WebSocketHeader("hOsT", "other")]).start(), as: UTF8.self)
    #expect(host.contains("hOsT: other\r\n") && !host.contains("server.example"))
    let odd = String(decoding: try webSocket(path: "a b\r\nX: y\u{e9}").start(), as: UTF8.self)
    #expect(odd.hasPrefix("GET /a%20b%0D%0AX:%20y%C3%A9 HTTP/1.1\r\n"))
  }

  @Test func `the answer may be cut at every byte, and what follows it is kept`() throws {
    let bytes = Self.answer() + [0x82, 1]
    for cut in 0...bytes.count {
      let (steps, rest) = run(try webSocket(), bytes, cut: cut)
      #expect(steps == [.finished] && [0x82, 1].starts(with: rest))
    }
  }

  @Test(
    arguments: [
      ("", .noMQTT(subprotocol: nil)), ("Sec-WebSocket-Protocol: chat\r\n", .noMQTT(subprotocol: "chat")),
      (
        "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Extensions: permessage-deflate\r\n",
        .invalid("it uses an extension that we did not offer")
      ),
    ] as [(String, WebSocketFailure)])
  func `an answer that is not for MQTT is refused`(fields: String, failure: WebSocketFailure) throws {
    #expect(run(try webSocket(), Self.answer(fields)).steps == [.failed(.webSocket(failure))])
  }

  @Test(arguments: ["Upgrade", "connection", "Sec-WebSocket-Key", "", "a b", "a:b", "é", "Content-Length"])
  func `a header that would break the handshake is not sent`(name: String) {
    #expect(throws: Disconnection.Reason.webSocket(.unsendable(header: name))) {
      try webSocket([WebSocketHeader(name, "x")])
    }
    #expect(!WebSocketHeader("X", "a\r\nB: c").isSendable && !WebSocketHeader("X", "a\0").isSendable)
  }

  @Test func `random answers never trap and never finish`() throws {
    let alphabet = Array("HTTP/1.1 101\r\n: ,\u{5}\u{0}x".utf8)
    for seed in UInt64(0)..<5000 {
      var random = SplitMix(seed: seed)
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      #expect(run(try webSocket(), bytes).steps.last != .finished)
      _ = run(try SOCKSOpening(proxy, host: "h", port: 1), bytes)
      _ = run(ConnectOpening(open, host: "h", port: 1), bytes)
    }
  }
}
