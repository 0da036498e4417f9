import MQTT
import MQTTClient
import TestSupport
import Testing

/// Who answers in place of a broker is named, whatever he says and however slowly.
struct StrangerTests {
  private let server: ScriptedServer

  init() throws { server = try ScriptedServer() }

  private func recorder(_ endpoint: (Int) -> Endpoint = { .tcp(host: "127.0.0.1", port: $0) }) -> Recorder {
    Recorder(
      .loopback(server.port) {
        $0.endpoint = endpoint(Int(server.port))
        $0.tls.verification = .none
        $0.connectTimeout = .milliseconds(800)
        $0.reconnection = .backoff(Backoff())
      })
  }

  /// The end, when the server says this to a client.
  private func end(
    _ answer: [UInt8], _ endpoint: (Int) -> Endpoint = { .tcp(host: "127.0.0.1", port: $0) }, closes: Bool = true
  ) throws -> Disconnection {
    let recorder = recorder(endpoint)
    let connection = try server.accept()
    _ = try connection.receive(1)
    try connection.send(answer)
    if closes { connection.close() }
    return try recorder.disconnection()
  }

  private static let alert: [UInt8] = [0x15, 0x03, 0x03, 0, 2, 2, 70]

  @Test(arguments: [
    (alert, "answers in TLS, which we did not speak: try mqtts://127.0.0.1:"),
    (Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), "answers in HTTP (“HTTP/1.1 400 Bad Request”)"),
    (Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), "it answers “SSH-2.0-OpenSSH_9.2”"),
    (Array("220 mail ESMTP\r\n".utf8), "it answers “220 mail ESMTP”"),
    (Array("-ERR unknown command\r\n".utf8), "it answers “-ERR unknown command”"),
  ])
  func `another protocol on a plain port is shown by its first words`(answer: [UInt8], words: String) throws {
    for closes in [true, false] {
      let end = try end(answer, closes: closes)
      #expect(end.description.contains(words))
      guard case .notMQTT = end.reason else { throw TestSupportError("\(end.reason)") }
      #expect(end.retryIn == nil)
    }
  }

  @Test func `a banner is made harmless and short`() throws {
    let banner = "SSH-2.0-\u{1b}[2J\u{202e}" + String(repeating: "x", count: 500)
    let sentence = try end(Array(banner.utf8)).description
    #expect(sentence.contains("SSH-2.0-\\u{1b}[2J\\u{202e}xxx"))
    #expect(sentence.utf8.count < 250 && !sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
  }

  @Test(arguments: [
    (
      Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8),
      "does not speak TLS on this port: it answers in HTTP (“HTTP/1.1 400"
    ),
    (Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), "does not speak TLS on this port: it answers “SSH-2.0-OpenSSH_9.2”"),
    ([0x20, 3, 0, 0x84, 0], "does not speak TLS on this port. Without TLS it would be mqtt://127.0.0.1:"),
    ([], "closed the connection in the middle of the TLS handshake"),
    ([0x16, 0x03, 0x03, 0, 100, 2], "closed the connection in the middle of the TLS handshake"),
  ])
  func `who does not speak TLS is told by what he says`(answer: [UInt8], words: String) throws {
    #expect(try end(answer, { .tls(host: "127.0.0.1", port: $0) }).description.contains(words))
  }

  @Test func `a server that never answers in TLS is given up, also if it sends a byte at a time`() throws {
    let recorder = recorder { .tls(host: "127.0.0.1", port: $0) }
    let connection = try server.accept()
    _ = try connection.receive(1)
    try connection.send([0x16])
    let end = try recorder.disconnection()
    #expect(end.reason == .timedOut(.tls, 800_000_000))
    #expect(end.description.contains("did not answer in TLS within 0.8 s") && end.retryIn != nil)
  }

  @Test func `an alert in place of a handshake has its name`() throws {
    let end = try end(Self.alert, { .tls(host: "127.0.0.1", port: $0) }, closes: false)
    #expect(end.reason == .tls(.versionRefused(ours: .v1_2)))
  }

  @Test(arguments: [
    ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404 Not Found. The path may be wrong"),
    ("HTTP/1.1 401 Unauthorized\r\n\r\n", "401 Unauthorized. It wants to know who we are"),
    ("HTTP/1.1 403 Forbidden\r\n\r\n", "403 Forbidden. It does not let us in"),
    ("HTTP/1.0 400\r\n\r\n", "400. Does the server speak MQTT over WebSocket"),
    ("HTTP/1.1 503 \u{1b}[31mBusy\r\n\r\n", "503 \\u{1b}[31mBusy. The server"),
    ("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "not to our request"),
    ("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", "another protocol than WebSocket"),
    ("SSH-2.0-OpenSSH\r\n", "is not an MQTT broker: it answers “SSH-2.0-OpenSSH”"),
    ("\u{20}\u{3}\0\0\0", "does not speak HTTP, which a WebSocket begins with. Without it, it would be mqtt://"),
    ("", "does not speak HTTP"),
    ("HTTP/1.1 101 Swi", "closed the connection in the middle of its answer"),
  ])
  func `a WebSocket that is refused says why, and what it may mean`(answer: String, words: String) throws {
    let end = try end(Array(answer.utf8)) { .webSocket(host: "127.0.0.1", port: $0, path: "/mqtt") }
    #expect(end.description.contains(words), "\(end)")
  }

  @Test func `a head without an end is not waited for`() throws {
    let endless = Array("HTTP/1.1 200 OK\r\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 20_000)
    let end = try end(endless, { .webSocket(host: "127.0.0.1", port: $0, path: "/") }, closes: false)
    #expect(end.description.contains("larger than 16 KiB"))
  }

  @Test func `a server that opens no WebSocket is given up`() throws {
    let recorder = recorder { .webSocket(host: "127.0.0.1", port: $0, path: "/") }
    let connection = try server.accept()
    #expect(String(decoding: try connection.receive(14), as: UTF8.self) == "GET / HTTP/1.1")
    #expect(try recorder.disconnection().reason == .timedOut(.webSocket, 800_000_000))
  }

  @Test func `plain MQTT to a port of WebSocket is told, by a real broker`() throws {
    let broker = try Broker(.webSocket)
    let port = try #require(broker.endpoint.address?.port)
    let end = try broker.end { $0.endpoint = .tcp(host: "127.0.0.1", port: port) }
    #expect(end.reason == .closed(wasAccepted: false) || "\(end)".contains("HTTP"), "\(end)")
  }

  @Test func `a WebSocket to a port of plain MQTT is told, by a real broker`() throws {
    let broker = try Broker(.webSocket)
    let port = Int(broker.mosquitto.port)
    let end = try broker.end { $0.endpoint = .webSocket(host: "127.0.0.1", port: port, path: "/mqtt") }
    #expect(end.reason == .webSocket(.notHTTP))
    #expect(end.description.contains("mqtt://127.0.0.1:\(port)"))
  }

  @Test func `a Unix socket that is not there is told`() throws {
    let folder = try TemporaryFolder()
    let end = try Recorder(.loopback(1) { $0.endpoint = .unix(path: "\(folder.path)/none") }).disconnection()
    #expect(end.reason == .noSocket && end.description.contains("unix://\(folder.path)/none"))
    let long = try Recorder(
      .loopback(1) { $0.endpoint = .unix(path: "/" + String(repeating: "x", count: 500)) }
    ).disconnection()
    guard case .network = long.reason else { throw TestSupportError("\(long.reason)") }
  }
}
