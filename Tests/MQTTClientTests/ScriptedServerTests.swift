import MQTT
import MQTTClient
import NIOCore
import TestSupport
import Testing

/// What a client says, byte for byte, to servers that misbehave.
struct ScriptedServerTests {
  private static let connack: [UInt8] = [0x20, 3, 0, 0, 0]
  private static let olderConnack: [UInt8] = [0x20, 2, 0, 0]
  private let server: ScriptedServer

  init() throws { server = try ScriptedServer() }

  private func accept(_ answer: [UInt8]) throws -> ScriptedServer.Connection {
    let connection = try server.accept()
    _ = try connection.receivePacket()
    try connection.send(answer)
    return connection
  }

  @Test func `CONNECT has the bytes of the configuration`() throws {
    let recorder = Recorder(
      .loopback(server.port) {
        $0.keepAlive = 10
        $0.properties = [.receiveMaximum(20), .sessionExpiryInterval(1)]
      })
    let connection = try server.accept()
    #expect(
      try connection.receivePacket() == [
        0x10, 22, 0, 4, 0x4D, 0x51, 0x54, 0x54, 5, 0x02, 0, 10, 8, 0x21, 0, 20, 0x11, 0, 0, 0, 1, 0, 1, 0x63,
      ])
    try connection.send(Self.connack)
    #expect(try recorder.connection().clientID == "c")
  }

  @Test func `a message right behind CONNACK is delivered, and its acknowledgement sent`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept(Self.connack + [0x32, 7, 0, 1, 0x74, 0, 9, 0, 0x78])
    let message = try recorder.messages(1)
    #expect(message.first?.topic == "t" && message.first?.payload == ByteBuffer(string: "x"))
    #expect(try connection.receivePacket() == [0x40, 2, 0, 9])
  }

  @Test func `a malformed packet is answered with its code, then the connection is closed`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept(Self.connack + [0x30, 5, 0, 1, 0x74, 0, 0x78, 0x36, 7, 0, 1, 0x74, 0, 9, 0, 0x78])
    let last = try connection.receiveUntilClosed()
    #expect(last.prefix(3) == [0xE0, 1, 0x81] || last == [0xE0, 2, 0x81, 0])
    #expect(try recorder.messages(1).first?.topic == "t")
    connection.close()
    let end = try recorder.disconnection()
    guard case .malformed(let packet) = end.reason else {
      Issue.record("\(end)")
      return
    }
    #expect(packet.packet == .publish)
  }

  @Test func `3_1_1 closes without a word`() throws {
    let recorder = Recorder(.loopback(server.port, .v3_1_1))
    let connection = try accept(Self.olderConnack + [0x36, 7, 0, 1, 0x74, 0, 9, 0x78, 0x78])
    #expect(try connection.receiveUntilClosed() == [])
    connection.close()
    _ = try recorder.disconnection()
  }

  @Test func `DISCONNECT and another packet in one segment end the connection once`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept(Self.connack + [0xE0, 1, 0x8E, 0xD0, 0, 0x30, 4, 0, 1, 0x74, 0])
    #expect(try connection.receiveUntilClosed() == [])
    connection.close()
    #expect(try recorder.disconnection().reason == .dismissed(.sessionTakenOver, []))
  }

  @Test func `bytes one by one say the same as all at once`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept([])
    let stream = Self.connack + [0x32, 7, 0, 1, 0x61, 0, 1, 0, 0x78, 0xD0, 0] + [0x30, 5, 0, 1, 0x62, 0, 0x79]
    for byte in stream { try connection.send([byte]) }
    #expect(try recorder.messages(2).map(\.topic) == ["a", "b"])
    #expect(try connection.receivePacket() == [0x40, 2, 0, 1])
  }

  @Test func `an alias learned from a packet across two reads stands for its topic behind it`() throws {
    let recorder = Recorder(.loopback(server.port) { $0.properties = [.topicAliasMaximum(10)] })
    let connection = try accept(Self.connack + [0x30, 16, 0])
    _ = try recorder.connection()
    let rest: [UInt8] = [10] + Array("some/topic".utf8) + [3, 0x23, 0, 1]
    try connection.send(rest + [0x30, 6, 0, 0, 3, 0x23, 0, 1])
    #expect(try recorder.messages(2).map(\.topic) == ["some/topic", "some/topic"])
  }

  @Test func `a message of some megabytes comes whole`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept(Self.connack)
    var bytes = ByteBuffer()
    let payload = ByteBuffer(bytes: (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try Packet.publish(Publish(topic: "big", payload: payload)).encode(into: &bytes, version: .v5, from: .server)
    try Packet.publish(Publish(topic: "next")).encode(into: &bytes, version: .v5, from: .server)
    try connection.send(Array(bytes.readableBytesView))
    let messages = try recorder.messages(2)
    #expect(messages.map(\.topic) == ["big", "next"])
    #expect(messages.first?.payload == payload)
  }

  @Test func `a packet header beyond our maximum is refused before anything is kept`() throws {
    let recorder = Recorder(.loopback(server.port) { $0.maximumPacketSize = 1000 })
    let connection = try accept(Self.connack + [0x30, 0xFF, 0xFF, 0xFF, 0x7F])
    #expect(try connection.receiveUntilClosed().prefix(3).suffix(1) == [0x95])
    connection.close()
    guard case .malformed = try recorder.disconnection().reason else {
      Issue.record("another reason")
      return
    }
  }

  @Test(arguments: [[0x20, 2, 0, 1], [0x20, 2, 0, 0], [0x20, 3, 0, 0x84, 0], []] as [[UInt8]])
  func `a refusal of 5_0 in any form leads to 3_1_1`(refusal: [UInt8]) throws {
    let recorder = Recorder(.loopback(server.port) { $0.protocolChoice = .automatic })
    let first = try accept(refusal)
    if refusal.isEmpty { first.close() } else { _ = try first.receiveUntilClosed() }
    first.close()
    let second = try server.accept()
    #expect(try second.receivePacket()[8] == 4)
    try second.send(Self.olderConnack)
    let fallback = try recorder.next("fall back") {
      if case .fellBack(let from, let to, _) = $0 { [from, to] } else { nil }
    }
    #expect(fallback == [.v5, .v3_1_1])
    #expect(try recorder.connection().version == .v3_1_1)
  }

  @Test func `a reset in place of CONNACK is a refusal of 5_0 too`() throws {
    let recorder = Recorder(.loopback(server.port) { $0.protocolChoice = .automatic })
    let first = try server.accept()
    _ = try first.receivePacket()
    first.reset()
    let second = try server.accept()
    #expect(try second.receivePacket()[8] == 4)
    try second.send(Self.olderConnack)
    #expect(try recorder.connection().version == .v3_1_1)
  }

  @Test(
    arguments: [
      ([0x30, 7, 0, 1, 0x74, 3, 0x23, 0, 11], 0x94), ([0x30, 6, 0, 0, 3, 0x23, 0, 1], 0x82),
      ([0x20, 3, 0, 0, 0], 0x82), ([0xC0, 0], 0x82), ([0xF0, 2, 0x18, 0], 0x82), ([0x62, 2, 0, 0], 0x82),
      ([0x60, 2, 0, 1], 0x81),
    ] as [([UInt8], UInt8)])
  func `each breach has its code`(bytes: [UInt8], code: UInt8) throws {
    let recorder = Recorder(.loopback(server.port) { $0.properties = [.topicAliasMaximum(10)] })
    let connection = try accept(Self.connack + bytes)
    let last = try connection.receiveUntilClosed()
    #expect(last.first == 0xE0 && last.count > 2 && last[2] == code, "\(last)")
    connection.close()
    _ = try recorder.disconnection()
  }

  @Test func `much is published to a slow server, in order and whole`() throws {
    let recorder = Recorder(.loopback(server.port))
    let connection = try accept(Self.connack)
    _ = try recorder.connection()
    let payload = ByteBuffer(repeating: 0x78, count: 50_000)
    for number in 0..<100 {
      let message = Message(topic: "\(number)", payload: payload)
      recorder.client.perform(.publish(RequestID(rawValue: UInt64(number)), message))
    }
    for number in 0..<100 {
      let packet = try connection.receivePacket()
      let topic = Array("\(number)".utf8)
      #expect(Array(packet[6..<6 + topic.count]) == topic && packet.last == 0x78)
    }
  }

  @Test func `random bytes from a server end the connection and nothing else`() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = Chance(seed: seed)
    for _ in 0..<50 {
      let recorder = Recorder(.loopback(server.port))
      let noise = (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let connection = try accept(Self.connack + noise)
      connection.close()
      #expect(try !recorder.disconnection().description.isEmpty, "seed \(seed)")
    }
  }

  @Test func `a full inbox stops reading, and an emptied one starts it again`() throws {
    let recorder = Recorder(.loopback(server.port), byteLimit: 100_000)
    let connection = try accept(Self.connack)
    _ = try recorder.connection()
    var packet = ByteBuffer()
    let payload = ByteBuffer(repeating: 0x78, count: 60_000)
    try Packet.publish(Publish(topic: "t", payload: payload)).encode(into: &packet, version: .v5, from: .server)
    let bytes = Array(packet.readableBytesView)
    var received = 0
    // Rounds that the system's buffers can hold, each more than the inbox may
    for _ in 0..<20 {
      for _ in 0..<10 { try connection.send(bytes) }
      received += try recorder.messages(10).count
    }
    #expect(received == 200)
  }
}
