import Glibc
import MQTT
import NIOCore
import NIOPosix
import Synchronization

/// Messages of one publisher through a broker to its subscribers, until the last one has the last.
///
/// The publisher waits when too much is under way, so that no broker has to drop anything.
struct Fanout {
  /// Copies that arrived in a second, at all subscribers together.
  let perSecond: Double

  private static let window = 500  // messages; mosquitto queues 1,000 for a client
  private static let chunk = 50

  init(_ count: Int, to subscribers: Int, qos: QoS, port: Int) throws {
    let topic = Packets.factoryTopic(611)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let arrived = Arrived()
    var channels: [any Channel] = []
    for number in 0..<subscribers {
      let channel = try ClientBootstrap(group: group)
        .channelOption(.maxMessagesPerRead, value: 4)
        .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 << 10))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(FanoutReader(number, topic, qos, arrived))
          }
        }
        .connect(host: "127.0.0.1", port: port).wait()
      channels.append(channel)
    }
    while arrived.subscribed.load(ordering: .acquiring) < subscribers { usleep(200) }
    let publisher = try FanoutReader.open(group, port, arrived)
    let payload = ByteBuffer(repeating: UInt8(ascii: "x"), count: 100)
    let nanoseconds = try Cost.onWall {
      var sent = 0
      while sent < count {
        var bytes = ByteBuffer()
        for _ in 0..<Self.chunk {
          sent += 1
          let id = qos == .atMostOnce ? 0 : UInt16(sent % 60_000 + 1)
          try Packet.publish(Publish(topic: topic, payload: payload, qos: qos, packetID: id))
            .encode(into: &bytes, version: .v3_1_1, from: .client)
        }
        try publisher.writeAndFlush(bytes).wait()
        while sent * subscribers - arrived.messages.load(ordering: .acquiring) > Self.window * subscribers {
          usleep(20)
        }
      }
      while arrived.messages.load(ordering: .acquiring) < count * subscribers { usleep(50) }
    }
    perSecond = Double(count * subscribers) / nanoseconds * 1e9
    try group.syncShutdownGracefully()
  }
}

/// What the subscribers have got, all together.
private final class Arrived: Sendable {
  let subscribed = Atomic<Int>(0)
  let messages = Atomic<Int>(0)
}

/// A subscriber that counts, and acknowledges what has to be.
private final class FanoutReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let number: Int
  private let topic: String?
  private let qos: QoS
  private let arrived: Arrived
  private var decoder = PacketDecoder(version: .v3_1_1, from: .server)
  private var bytes = ByteBuffer()
  private var views: [PublishView] = []

  init(_ number: Int, _ topic: String?, _ qos: QoS, _ arrived: Arrived) {
    (self.number, self.topic, self.qos, self.arrived) = (number, topic, qos, arrived)
  }

  /// A client that publishes: it throws away what it is told.
  static func open(_ group: any EventLoopGroup, _ port: Int, _ arrived: Arrived) throws -> any Channel {
    try ClientBootstrap(group: group)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(FanoutReader(-1, nil, .atMostOnce, arrived))
        }
      }
      .connect(host: "127.0.0.1", port: port).wait()
  }

  func channelActive(context: ChannelHandlerContext) {
    say(.connect(Connect(clientID: "fan\(number)", keepAlive: 0)), context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    bytes.discardReadBytes()
    bytes.writeBuffer(&part)
    do { try take(context) } catch { context.close(promise: nil) }
  }

  private func take(_ context: ChannelHandlerContext) throws {
    var offset = 0
    let received = bytes
    var isSubscribing = false
    while case .packet(let packet) = try decoder.decode(received.readableBytesSpan, at: &offset, publishes: &views) {
      if case .connack = packet { isSubscribing = true }
      if case .suback = packet { arrived.subscribed.add(1, ordering: .releasing) }
    }
    bytes.moveReaderIndex(forwardBy: offset)
    if isSubscribing, let topic {
      say(.subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: topic, qos: qos)])), context)
    }
    guard !views.isEmpty else { return }
    var answers = ByteBuffer()
    for view in views where view.packetID != 0 {
      try Packet.puback(Acknowledgement(view.packetID)).encode(into: &answers, version: .v3_1_1, from: .client)
    }
    if answers.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(answers), promise: nil) }
    arrived.messages.add(views.count, ordering: .releasing)
    views.removeAll(keepingCapacity: true)
  }

  private func say(_ packet: Packet, _ context: ChannelHandlerContext) {
    var bytes = ByteBuffer()
    do { try packet.encode(into: &bytes, version: .v3_1_1, from: .client) } catch { return }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }
}
