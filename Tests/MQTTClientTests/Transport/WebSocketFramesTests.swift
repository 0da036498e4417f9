import MQTT
import NIOCore
import NIOEmbedded
import Testing

@testable import MQTTClient

/// Frames byte for byte, as RFC 6455 draws them.
struct WebSocketFramesTests {
  private let channel = EmbeddedChannel()

  init() throws {
    try WebSocketFrames.enter(channel.pipeline.syncOperations, limit: 1 << 20)
    try channel.connect(to: .init(unixDomainSocketPath: "/x")).wait()
  }

  /// A frame as a server sends it, without a mask.
  private static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
    switch payload.count {
    case ..<126: [first, UInt8(payload.count)] + payload
    case ..<65_536: [first, 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)] + payload
    default: [first, 127, 0, 0, 0, 0] + (0..<4).map { UInt8(payload.count >> (24 - 8 * $0) & 0xff) } + payload
    }
  }

  private func received() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let buffer = try channel.readInbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
    return bytes
  }

  /// What was sent, taken apart: first byte, payload without its mask. Every frame of ours has a mask.
  private func sent() throws -> [(UInt8, [UInt8])] {
    var bytes: [UInt8] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
    var frames: [(UInt8, [UInt8])] = []
    var rest = bytes[...]
    while let first = rest.popFirst(), let second = rest.popFirst() {
      #expect(second & 0x80 != 0)
      var length = Int(second & 0x7f)
      if length >= 126 {
        let count = length == 126 ? 2 : 8
        length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(count)
      }
      let mask = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      frames.append((first, rest.prefix(length).enumerated().map { $1 ^ mask[$0 % 4] }))
      rest = rest.dropFirst(length)
    }
    return frames
  }

  private func failure(_ bytes: [UInt8]) -> Disconnection.Reason? {
    do {
      try channel.writeInbound(ByteBuffer(bytes: bytes))
      try channel.throwIfErrorCaught()
      return nil
    } catch {
      return error as? Disconnection.Reason
    }
  }

  @Test func `frames may be cut at every byte`() throws {
    let stream =
      Self.frame(0x82, [1, 2, 3]) + Self.frame(0x02, [4]) + Self.frame(0x89, [9]) + Self.frame(0x00, [])
      + Self.frame(0x80, [5, 6]) + Self.frame(0x82, Array(repeating: 7, count: 300)) + Self.frame(0x8a, [])
    let whole = [1, 2, 3, 4, 5, 6] + Array(repeating: UInt8(7), count: 300)
    for cut in 1..<stream.count {
      try channel.writeInbound(ByteBuffer(bytes: stream[..<cut]))
      try channel.writeInbound(ByteBuffer(bytes: stream[cut...]))
      #expect(try received() == whole)
      #expect(try sent().map(\.1) == [[9]])
    }
    for byte in stream { try channel.writeInbound(ByteBuffer(bytes: [byte])) }
    #expect(try received() == whole)
  }

  @Test func `a megabyte in one frame or in a thousand arrives whole`() throws {
    let payload = [UInt8](repeating: 3, count: 1 << 20)
    let pieces = (0..<1024).flatMap { Self.frame($0 == 0 ? 0x02 : $0 == 1023 ? 0x80 : 0x00, Array(payload[..<1024])) }
    for stream in [Self.frame(0x82, payload), pieces] {
      for start in stride(from: 0, to: stream.count, by: 65_536) {
        try channel.writeInbound(ByteBuffer(bytes: stream[start..<min(start + 65_536, stream.count)]))
      }
      #expect(try received() == payload)
    }
  }

  @Test func `what we send is one masked binary frame a write, under a key that changes`() throws {
    var masked: Set<[UInt8]> = []
    for size in [0, 1, 125, 126, 65_535, 65_536] {
      let payload = [UInt8](repeating: 0, count: size)
      try channel.writeOutbound(ByteBuffer(bytes: payload))
      let frames = try sent()
      #expect(frames.map(\.0) == [0x82] && frames.map(\.1) == [payload])
    }
    for _ in 0..<50 {
      try channel.writeOutbound(ByteBuffer(bytes: [0, 0, 0, 0]))
      var bytes: [UInt8] = []
      while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
      masked.insert(Array(bytes[2..<6]))
    }
    #expect(masked.count > 40)
  }

  @Test func `a ping is answered with its own words, and a pong with nothing`() throws {
    try channel.writeInbound(ByteBuffer(bytes: Self.frame(0x89, Array("hello".utf8)) + Self.frame(0x8a, [1])))
    let frames = try sent()
    #expect(frames.map(\.0) == [0x8a] && frames.map(\.1) == [Array("hello".utf8)])
  }

  @Test func `whoever pings and does not read gets no answers that pile up`() throws {
    channel.isWritable = false
    for _ in 0..<1000 { try channel.writeInbound(ByteBuffer(bytes: Self.frame(0x89, [1]))) }
    #expect(try sent().isEmpty)
  }

  @Test func `text is refused and the reason told to both sides`() throws {
    #expect(failure(Self.frame(0x81, Array("{}".utf8))) == .webSocket(.text))
    let frames = try sent()
    #expect(frames.map(\.0) == [0x88] && frames.map(\.1) == [[0x03, 0xeb]])
    #expect(failure(Self.frame(0x82, [1])) == nil)
    #expect(try received().isEmpty)
  }

  @Test(
    arguments: [
      [0x82, 0x81, 1, 2, 3, 4, 5], [0xc2, 1, 1], [0x80, 1, 1], [0x02, 1, 1, 0x82, 1, 1], [0x83, 0], [0x8b, 0],
      [0x09, 0], [0x89, 126, 0, 126], [0x82, 127, 0xff, 0, 0, 0, 0, 0, 0, 0], [0x82, 127, 0, 0, 0, 0, 0xff, 0, 0, 0],
    ] as [[UInt8]])
  func `a frame that RFC 6455 forbids ends the connection with code 1002`(bytes: [UInt8]) throws {
    guard case .webSocket(.invalid)? = failure(bytes) else {
      Issue.record("\(bytes) was taken")
      return
    }
    let last = try #require(try sent().last)
    #expect(last.0 == 0x88 && last.1 == [0x03, 0xea])
  }

  @Test func `a usual end is answered and closes, another one is told with its words`() throws {
    #expect(failure(Self.frame(0x88, [0x03, 0xe8])) == nil)
    #expect(try sent().map(\.0) == [0x88] && !channel.isActive)
    let other = try WebSocketFramesTests()
    let end = other.failure(Self.frame(0x88, [0x03, 0xf0] + Array("not you\u{7}".utf8)))
    #expect(end == .webSocket(.closed(code: 1008, words: "not you\\u{7}")))
    #expect(
      Disconnection(try #require(end), endpoint: .tcp(host: "h", port: 1)).description.contains("1008 not allowed"))
  }

  @Test func `random bytes never trap`() {
    for seed in UInt64(0)..<3000 {
      var random = SplitMix(seed: seed)
      guard let one = try? WebSocketFramesTests() else { continue }
      let bytes = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      _ = one.failure(bytes)
      _ = try? one.channel.finish(acceptAlreadyClosed: true)
    }
  }
}
