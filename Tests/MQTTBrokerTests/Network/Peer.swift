import MQTT
import NIOCore
import TestSupport

/// A client that says packets and hears packets, one at a time, over a real socket; it acknowledges nothing by itself.
final class Peer {
  let version: ProtocolVersion
  private let connection: ScriptedServer.Connection

  /// Connects; `connack` says how that went.
  init(port: UInt16, _ connect: Connect, _ version: ProtocolVersion = .v5) throws {
    self.version = version
    connection = try Loopback.connect(port: port)
    try say(.connect(connect))
    guard case .connack(let connack) = try hear() else { throw TestSupportError("no CONNACK") }
    self.connack = connack
  }

  private(set) var connack = Connack()

  func say(_ packet: Packet) throws {
    var bytes = ByteBuffer()
    try packet.encode(into: &bytes, version: version, from: .client)
    try connection.send([UInt8](bytes.readableBytesView))
  }

  /// The next packet; an error if the connection is closed.
  func hear() throws -> Packet {
    let bytes = ByteBuffer(bytes: try connection.receivePacket())
    var decoder = PacketDecoder(version: version, from: .server)
    var views: [PublishView] = []
    var offset = 0
    if case .packet(let packet) = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views) {
      return packet
    }
    return .publish(try Publish(views[0], in: bytes, version: version))
  }

  /// The payload of the next message, which is acknowledged if it is one of QoS 1.
  func hearMessage() throws -> String {
    guard case .publish(let publish) = try hear() else { throw TestSupportError("no PUBLISH") }
    if publish.qos == .atLeastOnce { try say(.puback(Acknowledgement(publish.packetID))) }
    return String(buffer: publish.payload)
  }

  func close() { connection.close() }
}
