import MQTT
import NIOCore
import TestSupport

/// A real connection to the program, plain or by a WebSocket.
struct FuzzConnection {
  let version: ProtocolVersion
  private let connection: ScriptedServer.Connection
  private let isWebSocket: Bool

  init(port: UInt16, isWebSocket: Bool, _ version: ProtocolVersion) throws {
    self.version = version
    self.isWebSocket = isWebSocket
    connection = try Loopback.connect(port: port)
    guard isWebSocket else { return }
    let head = """
      GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n
      """
    try connection.send(Array(head.utf8))
  }

  /// Sends bytes, in a frame if there are frames.
  func send(_ bytes: [UInt8]) throws { try connection.send(isWebSocket ? Self.frame(bytes) : bytes) }

  /// Sends bytes as they are.
  func sendRaw(_ bytes: [UInt8]) throws { try connection.send(bytes) }

  func send(_ packet: Packet) throws { try send(Self.bytes(of: packet, version)) }

  /// The type of the packet that comes next.
  func receiveType() throws -> PacketType? {
    if isWebSocket { _ = try connection.receive(2) }
    return try connection.receivePacket().first.flatMap { PacketType(rawValue: $0 >> 4) }
  }

  /// Waits for the answer that makes a WebSocket.
  func receiveHead() throws {
    guard isWebSocket else { return }
    var last: [UInt8] = []
    while last != Array("\r\n\r\n".utf8) { last = last.suffix(3) + (try connection.receive(1)) }
  }

  func close(abruptly: Bool) { abruptly ? connection.reset() : connection.close() }

  static func bytes(of packet: Packet, _ version: ProtocolVersion) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try packet.encode(into: &buffer, version: version, from: .client)
    return Array(buffer.readableBytesView)
  }

  /// A binary frame, masked with zeros.
  static func frame(_ bytes: [UInt8]) -> [UInt8] {
    let size = bytes.count
    let length = size < 126 ? [0x80 | UInt8(size)] : [0xFE, UInt8(size >> 8 & 0xFF), UInt8(size & 0xFF)]
    return [0x82] + length + [0, 0, 0, 0] + bytes
  }
}
