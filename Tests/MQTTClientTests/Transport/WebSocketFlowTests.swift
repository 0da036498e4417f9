import FoundationEssentials
import MQTT
import MQTTClient
import TestSupport
import Testing

/// Packets of MQTT over a WebSocket whose server sends frames as it likes.
struct WebSocketFlowTests {
  private let server: ScriptedServer

  init() throws { server = try ScriptedServer() }

  /// A client that has opened its WebSocket and sent CONNECT.
  private func open(_ version: ProtocolVersion) throws -> (Recorder, ScriptedServer.Connection) {
    let recorder = Recorder(
      .loopback(server.port, version) {
        $0.endpoint = .webSocket(host: "127.0.0.1", port: Int(server.port), path: "/mqtt")
      })
    let connection = try server.accept()
    var head = ""
    while !head.hasSuffix("\r\n\r\n") { head += String(decoding: try connection.receive(1), as: UTF8.self) }
    #expect(head.contains("\r\nSec-WebSocket-Protocol: mqtt\r\n"))
    let line = try #require(head.split(separator: "\r\n").first { $0.hasPrefix("Sec-WebSocket-Key: ") })
    let proof = try PipedProgram.run(
      "openssl", ["dgst", "-sha1", "-binary"],
      input: line.dropFirst("Sec-WebSocket-Key: ".count) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
    let answer =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: \(Data(proof.output).base64EncodedString())\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n"
    try connection.send(Array(answer.utf8))
    #expect(try frame(connection).first == 0x10)
    return (recorder, connection)
  }

  /// What is in the next frame, which is binary and masked.
  private func frame(_ connection: ScriptedServer.Connection) throws -> [UInt8] {
    let head = try connection.receive(2)
    #expect(head[0] == 0x82 && head[1] & 0x80 != 0 && head[1] & 0x7F < 126)
    let mask = try connection.receive(4)
    return try connection.receive(Int(head[1] & 0x7F)).enumerated().map { $1 ^ mask[$0 % 4] }
  }

  private func binary(_ bytes: [UInt8]) -> [UInt8] { [0x82, UInt8(bytes.count)] + bytes }

  private func connack(_ version: ProtocolVersion) -> [UInt8] {
    version == .v5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a packet may lie across frames, and a frame hold several`(version: ProtocolVersion) throws {
    let (recorder, connection) = try open(version)
    let accepted = connack(version)
    for byte in accepted { try connection.send(binary([byte])) }
    #expect(try recorder.connection().version == version)
    let message: [UInt8] = version == .v5 ? [0x30, 5, 0, 1, 0x74, 0, 0x78] : [0x30, 4, 0, 1, 0x74, 0x78]
    try connection.send(binary(message + message + message.prefix(3)) + binary(Array(message.dropFirst(3))))
    #expect(try recorder.messages(3).map(\.topic) == ["t", "t", "t"])
  }

  @Test(arguments: ProtocolVersion.allCases)
  func `a frame of text ends the connection`(version: ProtocolVersion) throws {
    let (recorder, connection) = try open(version)
    try connection.send(binary(connack(version)))
    _ = try recorder.connection()
    try connection.send([0x81] + binary([0x30, 3, 0, 1, 0x74]).dropFirst())
    #expect(try connection.receiveUntilClosed().contains(0x88))
    #expect(try recorder.disconnection().reason == .webSocket(.text))
  }
}
