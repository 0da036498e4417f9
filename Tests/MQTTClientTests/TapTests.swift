import MQTT
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import MQTTClient

struct TapTests {
  private let channel = EmbeddedChannel()
  private let inbox = Inbox {}

  private func connected(
    _ tracing: Tracing, _ configuration: Configuration = .script(), answer: [UInt8] = [0x20, 3, 0, 0, 0]
  ) throws -> ConnectionHandler {
    let handler = ConnectionHandler(configuration, inbox: inbox, eventLoop: channel.embeddedEventLoop)
    handler.carryOut(.trace(tracing))
    handler.session.phase = .opening
    try channel.pipeline.syncOperations.addHandler(handler)
    try channel.writeInbound(ByteBuffer(bytes: answer))
    return handler
  }

  /// What the tap told: `>` or `<` and the bytes, and the identifier if there is one.
  private func traced() -> [String] {
    channel.embeddedEventLoop.run()
    var events: [Event] = []
    inbox.take(into: &events)
    return events.flatMap { event -> [String] in
      guard case .traced(let batch) = event else { return [] }
      return batch.packets.map { packet in
        let bytes = batch.bytes.getBytes(at: Int(packet.start), length: Int(packet.keptSize)) ?? []
        let digits = bytes.map { String($0, radix: 16) }.joined(separator: " ")
        return (packet.isSent ? "> " : "< ") + digits + (packet.packetID == 0 ? "" : " #\(packet.packetID)")
      }
    }
  }

  /// A message of QoS 1, id 9, and one of QoS 0, both to `t`.
  private static let messages: [UInt8] = [0x32, 6, 0, 1, 0x74, 0, 9, 0, 0x30, 4, 0, 1, 0x74, 0]

  @Test func `every packet is told in both directions, byte for byte and in order`() throws {
    let handler = try connected(.everything)
    try channel.writeInbound(ByteBuffer(bytes: Self.messages + [0xD0, 0]))
    handler.carryOut(.publish(1, Message(topic: "a", qos: .exactlyOnce)))
    #expect(
      traced() == [
        "> 10 e 0 4 4d 51 54 54 5 2 0 3c 0 0 1 63", "< 20 3 0 0 0", "< 32 6 0 1 74 0 9 0 #9", "< 30 4 0 1 74 0",
        "< d0 0", "> 40 2 0 9 #9", "> 34 6 0 1 61 0 1 0 #1",
      ])
    try channel.writeInbound(ByteBuffer(bytes: [0x50, 2, 0, 1, 0x70, 2, 0, 1] as [UInt8]))
    #expect(traced() == ["< 50 2 0 1 #1", "> 62 2 0 1 #1", "< 70 2 0 1 #1"])
  }

  @Test func `while nobody watches, messages of the broker are not told, and our own are`() throws {
    let handler = try connected(.ours)
    #expect(traced().map { $0.prefix(4) } == ["> 10", "< 20"])
    try channel.writeInbound(ByteBuffer(bytes: Self.messages))
    #expect(traced() == [])
    handler.carryOut(.publish(1, Message(topic: "a", qos: .atLeastOnce)))
    channel.embeddedEventLoop.run()
    try channel.writeInbound(ByteBuffer(bytes: [0x40, 2, 0, 1] as [UInt8]))
    #expect(traced() == ["> 32 6 0 1 61 0 1 0 #1", "< 40 2 0 1 #1"])
  }

  @Test func `nothing is told to whoever has not asked`() throws {
    _ = try connected(.nothing)
    try channel.writeInbound(ByteBuffer(bytes: Self.messages))
    #expect(traced() == [])
  }

  @Test func `a password is zeroes before it leaves the event loop`() throws {
    _ = try connected(.ours, .script { ($0.username, $0.password) = ("u", Array("lovelace".utf8)) })
    #expect(traced().first == "> 10 1b 0 4 4d 51 54 54 5 c2 0 3c 0 0 1 63 0 1 75 0 8 0 0 0 0 0 0 0 0")
  }

  @Test(arguments: [1, 3, 7])
  func `a packet that comes in parts is told once, whole`(size: Int) throws {
    _ = try connected(.everything)
    _ = traced()
    var rest = Self.messages[...]
    while !rest.isEmpty {
      try channel.writeInbound(ByteBuffer(bytes: rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    let told = traced()
    #expect(told.filter { $0.first == "<" } == ["< 32 6 0 1 74 0 9 0 #9", "< 30 4 0 1 74 0"])
    #expect(told.filter { $0.first == ">" } == ["> 40 2 0 9 #9"])
  }

  @Test func `bytes that are no packet are told as they came`() throws {
    _ = try connected(.ours)
    _ = traced()
    try channel.writeInbound(ByteBuffer(string: "HTTP/1.1 400"))
    #expect(traced().first == "< 48 54 54 50 2f 31 2e 31 20 34 30 30")
  }

  /// Beginnings of reads in which the decoder is lost: flags, a length too short, one that takes in what follows, one of
  /// five bytes, a reserved type, a byte too many.
  static let losses: [[UInt8]] = [
    [0x41, 2, 0, 1], [0x40, 1, 0], [0x40, 30, 0, 0], [0x40, 0x80, 0x80, 0x80, 0x80, 1], [0x00, 0], [0xD0, 1, 0],
  ]

  @Test(arguments: SecretPacket.all.filter { $0.sender == .server }, losses)
  func `no secret is told that follows a packet in which the decoder was lost`(
    packet: SecretPacket, loss: [UInt8]
  ) throws {
    let answer = [UInt8](written: "20 07 00 00 04 15 0001 'x'")
    _ = try connected(.ours, .script { $0.properties = [.authenticationMethod("x")] }, answer: answer)
    _ = traced()
    try channel.writeInbound(ByteBuffer(bytes: loss + packet.bytes + packet.bytes))
    let told = traced()
    let start = loss.prefix(2).map { String($0, radix: 16) }.joined(separator: " ")
    #expect(told.first?.hasPrefix("< \(start)") == true)
    let secret = "secret".utf8.map { String($0, radix: 16) }.joined(separator: " ")
    #expect(told.allSatisfy { !$0.contains(secret) }, "\(told)")
  }

  @Test func `of a large packet the first bytes are kept, and its size is told`() throws {
    let handler = try connected(.ours)
    handler.carryOut(.publish(1, Message(topic: "t", payload: ByteBuffer(repeating: 7, count: 100_000))))
    var events: [Event] = []
    channel.embeddedEventLoop.run()
    inbox.take(into: &events)
    let batches = events.compactMap { if case .traced(let batch) = $0 { batch } else { nil } }
    let packet = try #require(batches.flatMap(\.packets).last)
    #expect(packet.size == 100_008 && packet.keptSize == 65_536)
    #expect(batches.allSatisfy { $0.cost < 300_000 })
  }

  @Test func `what passed is told before what came of it`() throws {
    _ = try connected(.everything)
    _ = traced()
    try channel.writeInbound(ByteBuffer(bytes: [0xE0, 1, 0x8B] as [UInt8]))
    channel.embeddedEventLoop.run()
    var events: [Event] = []
    inbox.take(into: &events)
    guard case .traced(let batch) = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(batch.packets.map(\.type) == [.disconnect])
    #expect(events.dropFirst().contains { if case .disconnected = $0 { true } else { false } })
  }

  @Test func `a batch is closed before it is large, so that whoever keeps batches can let go of the old ones`() {
    var tap = Tap()
    tap.level = .everything
    let large = [UInt8](repeating: 0x30, count: TraceBatch.keptSize)
    for _ in 0..<40 { tap.add(large.span.bytes, id: 0, isSent: true, .v5, at: 1) }
    for _ in 0..<40_000 { tap.add([0xC0, 0].span.bytes, id: 0, isSent: true, .v5, at: 1) }
    let batches = tap.take()
    #expect(batches.reduce(0) { $0 + $1.packets.count } == 40_040)
    #expect(batches.allSatisfy { $0.cost <= 1 << 20 }, "\(batches.map(\.cost))")
    #expect(tap.take().isEmpty)
  }

  @Test func `the clock is read for a new batch alone`() {
    var tap = Tap()
    tap.level = .everything
    var reads = 0
    func now() -> Int64 {
      reads += 1
      return 1
    }
    for _ in 0..<100 { tap.add([0xC0, 0].span.bytes, id: 0, isSent: true, .v5, at: now()) }
    #expect(reads == 1)
  }

  @Test(arguments: SecretPacket.all)
  func `no mutation of a packet lets a secret out that the decoder could not have told from text`(
    packet: SecretPacket
  ) throws {
    for index in 1..<packet.bytes.count {
      for value in UInt8(0)...255 where !packet.secret.contains(index) {
        var mutated = packet.bytes
        mutated[index] = value
        guard packet.isMalformed(mutated) else { continue }
        var tap = Tap()
        tap.level = .ours
        tap.add(mutated.span.bytes, id: 0, isSent: packet.sender == .client, packet.version, at: 1)
        let batch = try #require(tap.take().first)
        let told = batch.bytes.getBytes(at: 0, length: batch.bytes.writerIndex) ?? []
        #expect(told.firstRange(of: Array("secret".utf8)) == nil, "byte \(index) is \(value): \(told)")
      }
    }
  }
}
