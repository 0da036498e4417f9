import MQTT
import MQTTBroker
import NIOCore
import TestSupport
import Testing

/// The shell around the state, by real sockets.
struct SocketTests {
  private static func bytes(_ text: String) -> [UInt8] { [UInt8](written: text) }
  private static let connect = bytes("10 0E 0004 'MQTT' 05 02 003C 00 0001 'a'")
  private static let connack = bytes("20 09 00 00 06 22 000A 21 0014")

  @Test func `packets are read however they are cut`() throws {
    let broker = try RunningBroker()
    let client = try broker.connect()
    let all = Self.connect + Self.bytes("82 07 0001 00 0001 't' 02  30 05 0001 't' 00 'x'  C0 00")
    #expect(try client.trickle(all, every: .milliseconds(1)))
    #expect(try client.receive(Self.connack.count) == Self.connack)
    #expect(try client.receivePacket() == Self.bytes("90 04 0001 00 02"))
    #expect(try client.receivePacket() == Self.bytes("30 05 0001 't' 00 'x'"))
    #expect(try client.receivePacket() == Self.bytes("D0 00"))
    let whole = try broker.connect()
    try whole.send(all + Self.bytes("E0 00"))
    let answers = try whole.receiveUntilClosed()
    #expect(answers.starts(with: Self.connack) && answers.suffix(2) == Self.bytes("D0 00"))
  }

  @Test func `last words arrive before the end`() throws {
    let broker = try RunningBroker()
    let client = try broker.connect()
    try client.send(Self.connect + Self.bytes("82 07 0001 00 0001 't' 03"))
    #expect(try client.receiveUntilClosed() == Self.connack + Self.bytes("E0 01 82"))
    let older = try broker.connect()
    try older.send(Self.bytes("10 0C 0004 'MQTT' 03 02 003C 0000"))
    #expect(try older.receiveUntilClosed() == Self.bytes("20 02 00 01"))
    let oldest = try broker.connect()
    try oldest.send(Self.bytes("10 0E 0006 'MQIsdp' 03 02 003C 0000"))
    #expect(try oldest.receiveUntilClosed() == Self.bytes("20 02 00 01"))
    let newer = try broker.connect()
    try newer.send(Self.bytes("10 0D 0004 'MQTT' 05 03 003C 00 0000"))
    #expect(try newer.receiveUntilClosed() == Self.bytes("20 03 00 81 00"))
  }

  @Test func `a will is published when a client vanishes`() throws {
    let broker = try RunningBroker()
    let listener = try broker.connect()
    try listener.send(Self.connect + Self.bytes("82 07 0001 00 0001 'w' 00"))
    _ = try listener.receive(Self.connack.count + 6)
    let client = try broker.connect()
    try client.send(Self.bytes("10 16 0004 'MQTT' 05 06 003C 00 0001 'b' 00 0001 'w' 0002 'by'"))
    _ = try client.receive(Self.connack.count)
    client.reset()
    #expect(try listener.receivePacket() == Self.bytes("30 06 0001 'w' 00 'by'"))
  }

  @Test func `a client that does not read costs others nothing, and itself messages`() throws {
    var limits = BrokerLimits()
    limits.queuedBytes = 1 << 20
    let broker = try RunningBroker(limits: limits)
    let stuck = try broker.connect()
    try stuck.send(Self.bytes("10 0E 0004 'MQTT' 05 02 0000 00 0001 's'  82 07 0001 00 0001 't' 00"))
    _ = try stuck.receive(Self.connack.count + 6)
    let reader = try broker.connect()
    try reader.send(Self.connect + Self.bytes("82 07 0001 00 0001 't' 00"))
    _ = try reader.receive(Self.connack.count + 6)
    let publisher = try broker.connect()
    try publisher.send(Self.bytes("10 0E 0004 'MQTT' 05 02 003C 00 0001 'p'"))
    _ = try publisher.receive(Self.connack.count)
    var packet = ByteBuffer()
    let message = Publish(topic: "t", payload: ByteBuffer(repeating: 120, count: 60_000))
    try Packet.publish(message).encode(into: &packet, version: .v5, from: .client)
    let bytes = [UInt8](packet.readableBytesView)
    for _ in 0..<400 {
      try publisher.send(bytes)
      #expect(try reader.receive(bytes.count) == bytes)
    }
  }

  @Test func `who is not accepted yet may not send much by a WebSocket`() throws {
    let port = try Loopback.freePort()
    let broker = try BuiltInBroker(listeners: ["ws://127.0.0.1:\(port)"])
    defer { withExtendedLifetime(broker) {} }
    let frame = try FuzzConnection(port: port, isWebSocket: true, .v5)
    try frame.receiveHead()
    #expect(throws: (any Error).self) {
      // A frame of 200 MB is begun, and no more than a part of it sent
      try frame.sendRaw([0x82, 0xFF, 0, 0, 0, 0, 0x0C, 0, 0, 0, 0, 0, 0, 0])
      for _ in 0..<64 { try frame.sendRaw([UInt8](repeating: 0, count: 1 << 20)) }
    }
    let accepted = try FuzzConnection(port: port, isWebSocket: true, .v5)
    try accepted.receiveHead()
    try accepted.send(.connect(Connect(clientID: "a")))
    #expect(try accepted.receiveType() == .connack)
    try accepted.sendRaw([0x82, 0xFF, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0])  // 4 MB
    try accepted.sendRaw([0x30, 0xFB, 0xFF, 0xFF, 0x01, 0, 1, UInt8(ascii: "t"), 0])
    try accepted.sendRaw([UInt8](repeating: 0, count: 4_194_304 - 9))
    try accepted.send(.pingreq)
    #expect(try accepted.receiveType() == .pingresp)
  }

  @Test func `a WebSocket of another protocol than MQTT is refused with a sentence`() throws {
    let port = try Loopback.freePort()
    let broker = try BuiltInBroker(listeners: ["ws://127.0.0.1:\(port)"])
    defer { withExtendedLifetime(broker) {} }
    for protocols in ["", "Sec-WebSocket-Protocol: chat\r\n"] {
      let client = try Loopback.connect(port: port)
      try client.send(
        Array(
          ("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(protocols)\r\n").utf8))
      let answer = String(decoding: try client.receiveUntilClosed(), as: UTF8.self)
      #expect(answer.hasPrefix("HTTP/1.1 400") && answer.contains("subprotocol mqtt"))
    }
  }

  @Test func `AUTH may not be large before the client is accepted`() throws {
    let broker = try RunningBroker(access: Access(users: ["ann": Credential(Array("x".utf8))]))
    let client = try broker.connect()
    let first = "n,,n=ann,r=abc"
    let properties = Self.bytes("15 000D 'SCRAM-SHA-256' 16 000E '\(first)'")
    let connect = Self.bytes("0004 'MQTT' 05 02 003C") + [UInt8(properties.count)] + properties + Self.bytes("0001 'a'")
    try client.send([0x10, UInt8(connect.count)] + connect)
    #expect(try client.receivePacket().first == 0xF0)
    try client.send([0xF0, 0x80, 0x80, 0x80, 0x01])  // 2 MB are announced, and none sent
    #expect(try client.receivePacket().prefix(4) == Self.bytes("20 03 00 95")[...])
  }

  @Test func `CONNECT may not be larger than any packet`() throws {
    var limits = BrokerLimits()
    limits.maximumPacketSize = 20
    let broker = try RunningBroker(limits: limits)
    let small = try broker.connect()
    try small.send(Self.connect)
    #expect(try small.receivePacket().first == 0x20)
    let large = try broker.connect()
    try large.send(Self.bytes("10 16 0004 'MQTT' 05 02 003C 00 0009 'abcdefghi'"))
    #expect(try large.receiveUntilClosed() == Self.bytes("20 03 00 95 00"))
  }

  @Test func `a client that asks and does not listen is not read any more`() throws {
    let broker = try RunningBroker()
    let client = try broker.connect()
    try client.send(Self.connect)
    let pings = [UInt8](repeating: 0, count: 1 << 20).indices.map { $0 % 2 == 0 ? UInt8(0xC0) : 0 }
    var isHeldBack = false
    do throws(TestSupportError) {
      for _ in 0..<64 { try client.send(pings, within: .seconds(1)) }
    } catch { isHeldBack = true }
    #expect(isHeldBack)
    let other = try broker.connect()
    try other.send(Self.bytes("10 0E 0004 'MQTT' 05 02 003C 00 0001 'b'"))
    #expect(try other.receive(Self.connack.count) == Self.connack)
  }

  @Test func `a shutdown says goodbye`() throws {
    let broker = try RunningBroker()
    let client = try broker.connect()
    try client.send(Self.connect)
    _ = try client.receive(Self.connack.count)
    try broker.broker.stop()
    #expect(try client.receiveUntilClosed() == Self.bytes("E0 01 8B"))
    // A child that another test is just starting has the listener too, until it begins its own program
    let deadline = Deadline(in: .seconds(20))
    while Loopback.accepts(port: broker.port) { try #require(!deadline.isPast) }
  }
}
