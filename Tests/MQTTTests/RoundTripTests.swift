import MQTT
import NIOCore
import Testing

@Suite struct RoundTripTests {
  static let sides: [Side] = [.client, .server]

  @Test(arguments: ProtocolVersion.allCases, sides)
  func `what is written is read back, in one piece`(version: ProtocolVersion, sender: Side) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomPackets(seed: seed, version: version)
    for _ in 0..<1000 {
      let packet = random.packet(from: sender)
      let found = try decode(try encode(packet, version, from: sender), version, from: sender, aliases: .max)
      #expect(found == [packet], "seed \(seed)")
    }
  }

  @Test(arguments: ProtocolVersion.allCases, sides)
  func `a stream of packets reads the same however it is cut`(version: ProtocolVersion, sender: Side) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomPackets(seed: seed, version: version)
    for _ in 0..<20 {
      let packets = (0..<20).map { _ in random.packet(from: sender) }
      let stream = try packets.flatMap { try encode($0, version, from: sender) }
      for _ in 0..<5 {
        let found = try cut(stream, version, sender, &random)
        #expect(found == packets, "seed \(seed)")
      }
      if stream.count < 400 { #expect(try oneByOne(stream, version, sender) == packets, "seed \(seed)") }
    }
  }

  /// Reads a stream as a connection does: what is incomplete waits for more.
  private func cut(
    _ stream: [UInt8], _ version: ProtocolVersion, _ sender: Side, _ random: inout RandomPackets
  ) throws -> [Packet] {
    var pieces: [[UInt8]] = []
    var rest = stream[...]
    while !rest.isEmpty {
      let size = random.number(1...max(1, min(rest.count, 100)))
      pieces.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return try read(pieces, version, sender)
  }

  private func oneByOne(_ stream: [UInt8], _ version: ProtocolVersion, _ sender: Side) throws -> [Packet] {
    try read(stream.map { [$0] }, version, sender)
  }

  private func read(_ pieces: [[UInt8]], _ version: ProtocolVersion, _ sender: Side) throws -> [Packet] {
    var decoder = PacketDecoder(version: version, from: sender, topicAliasMaximum: .max)
    var buffer = ByteBuffer()
    var packets: [Packet] = []
    for piece in pieces {
      buffer.writeBytes(piece)
      var offset = 0
      while true {
        var views: [PublishView] = []
        let step = try decoder.decode(buffer.readableBytesSpan, at: &offset, publishes: &views)
        for view in views { packets.append(.publish(try Publish(view, in: buffer, version: version))) }
        guard case .packet(let packet) = step else { break }
        packets.append(packet)
      }
      buffer.moveReaderIndex(forwardBy: offset)
      buffer.discardReadBytes()
    }
    return packets
  }
}
