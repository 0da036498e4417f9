import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// A broker that misbehaves as a test wants, towards one client that comes back at once.
struct HostileBroker {
  let version: ProtocolVersion
  private let server: ScriptedServer

  init(_ version: ProtocolVersion) throws {
    self.version = version
    server = try ScriptedServer()
  }

  func client(_ change: (inout Configuration) -> Void = { _ in }) -> Recorder {
    Recorder(
      .loopback(server.port, version) {
        $0.reconnection = .backoff(Backoff(first: .milliseconds(1), longest: .milliseconds(20)))
        change(&$0)
      })
  }

  /// CONNACK without anything particular.
  var connack: [UInt8] { version == .v5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0] }

  /// A message on the topic `t` at QoS 1 with this identifier.
  func message(_ id: UInt8, _ payload: String = "x") -> [UInt8] {
    let head: [UInt8] = version == .v5 ? [0, 1, 0x74, 0, id, 0] : [0, 1, 0x74, 0, id]
    return [0x32, UInt8(head.count + payload.utf8.count)] + head + payload.utf8
  }

  /// What a client says before it closes because of an error: 3.1.1 has no words for it.
  func lastWords(_ code: ReasonCode) -> [UInt8] { version == .v5 ? [0xE0, 1, code.rawValue] : [] }

  /// The next connection, once its CONNECT came; nothing is answered.
  func hear() throws -> ScriptedServer.Connection {
    let connection = try server.accept()
    #expect(try connection.receivePacket().first == 0x10)
    return connection
  }

  /// The next connection, accepted.
  func accept(_ answer: [UInt8]? = nil) throws -> ScriptedServer.Connection {
    let connection = try hear()
    try connection.send(answer ?? connack)
    return connection
  }

  /// The end of a connection as the client tells it, once it has said its last words.
  func end(of connection: ScriptedServer.Connection, _ client: Recorder, saying code: ReasonCode) throws
    -> Disconnection
  {
    #expect(try connection.receiveUntilClosed() == lastWords(code))
    connection.close()
    return try client.disconnection()
  }

  /// The connection is as good as ever: a message arrives, once, and is acknowledged.
  func expectLife(of connection: ScriptedServer.Connection, _ client: Recorder) throws {
    try connection.send(message(200))
    var packet = try connection.receivePacket()
    // A client of a short keep alive pings if we are slow
    while packet == [0xC0, 0] { packet = try connection.receivePacket() }
    #expect(packet == [0x40, 2, 0, 200])
    let received = try client.messages(1)
    #expect(received.map(\.topic) == ["t"] && received.first?.payload == ByteBuffer(string: "x"))
  }

  /// The client comes back by itself, and nothing of the last connection is left. If we answer later than it waits, it comes
  /// once more.
  func expectReturn(of client: Recorder) throws {
    for _ in 1...5 {
      let connection = try hear()
      try? connection.send(connack)
      let isBack = try client.next("connected") { event in
        switch event {
        case .connected: true
        case .disconnected: false
        default: nil
        }
      }
      if isBack { return try expectLife(of: connection, client) }
    }
    throw TestSupportError("the client does not come back to stay")
  }
}
