import MQTT
import NIOCore
import TestSupport

/// Bytes written as people write packets: hexadecimal digits, and text in quotes. Spaces mean nothing.
func bytes(_ text: String) -> [UInt8] { [UInt8](written: text) }

/// The length of something, as MQTT writes it.
func length(_ value: Int) -> [UInt8] {
  var rest = value
  var result: [UInt8] = []
  repeat {
    let low = UInt8(rest % 128)
    rest /= 128
    result.append(rest > 0 ? low + 128 : low)
  } while rest > 0
  return result
}

/// A packet from its first byte and what follows the remaining length.
func packet(_ first: UInt8, _ body: [UInt8]) -> [UInt8] { [first] + length(body.count) + body }

/// Everything decoded from bytes that hold whole packets; messages whole and in their place.
func decode(
  _ bytes: [UInt8], _ version: ProtocolVersion, from sender: Side = .server, aliases: UInt16 = 0,
  maximum: Int = 268_435_460, text: TextPolicy = .accepting
) throws -> [Packet] {
  var decoder = PacketDecoder(
    version: version, from: sender, maximumPacketSize: maximum, topicAliasMaximum: aliases, text: text)
  let buffer = ByteBuffer(bytes: bytes)
  var packets: [Packet] = []
  var offset = 0
  while true {
    var views: [PublishView] = []
    let step = try decoder.decode(buffer.readableBytesSpan, at: &offset, publishes: &views)
    for view in views { packets.append(.publish(try Publish(view, in: buffer, version: decoder.version))) }
    guard case .packet(let packet) = step else { return packets }
    packets.append(packet)
  }
}

/// The account of what is wrong with bytes, or nil if nothing is.
func complaint(
  _ bytes: [UInt8], _ version: ProtocolVersion, from sender: Side = .server, aliases: UInt16 = 0,
  maximum: Int = 268_435_460, text: TextPolicy = .accepting
) -> MalformedPacket? {
  do {
    _ = try decode(bytes, version, from: sender, aliases: aliases, maximum: maximum, text: text)
    return nil
  } catch {
    return error as? MalformedPacket
  }
}

/// The bytes of a packet.
func encode(
  _ packet: Packet, _ version: ProtocolVersion, from sender: Side = .server, maximum: Int = 268_435_460
) throws -> [UInt8] {
  var buffer = ByteBuffer()
  try packet.encode(into: &buffer, version: version, from: sender, maximumSize: maximum)
  return Array(buffer.readableBytesView)
}
