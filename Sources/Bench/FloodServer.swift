import Glibc
import MQTT
import NIOCore
import NIOPosix

/// A broker on a thread of its own that answers the first subscribe with a flood, and acknowledges what is published.
final class FloodServer {
  let port: Int
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let channel: any Channel

  /// After a SUBSCRIBE `bytes` is written `times` over, as fast as it is read.
  init(flood bytes: ByteBuffer = ByteBuffer(), times: Int = 0) throws {
    channel = try ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(FloodHandler(bytes, times: times))
        }
      }
      .bind(host: "127.0.0.1", port: 0).wait()
    port = channel.localAddress?.port ?? 0
  }

  /// CPU time of the server's thread, to be left out of what a client costs.
  func cpu() throws -> Int64 {
    try group.next().submit { Cost.read(CLOCK_THREAD_CPUTIME_ID) }.wait()
  }

  func stop() throws { try group.syncShutdownGracefully() }
}

/// The server's side of a connection.
private final class FloodHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let bytes: ByteBuffer
  private var left: Int
  private var isFlooding = false
  private var decoder = PacketDecoder(version: .v5, from: .client)
  private var received = ByteBuffer()
  private var views: [PublishView] = []

  init(_ bytes: ByteBuffer, times: Int) {
    self.bytes = bytes
    left = times
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.discardReadBytes()
    received.writeBuffer(&part)
    do {
      try answer(context)
    } catch {
      context.close(promise: nil)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) { flood(context) }

  private func answer(_ context: ChannelHandlerContext) throws {
    var answers = ByteBuffer()
    var isSubscribed = false
    var offset = 0
    let received = received
    while case .packet(let packet) = try decoder.decode(received.readableBytesSpan, at: &offset, publishes: &views) {
      switch packet {
      case .connect: try Packet.connack(Connack()).encode(into: &answers, version: .v5, from: .server)
      case .subscribe(let request):
        let codes = request.subscriptions.map { _ in ReasonCode.success }
        try Packet.suback(Suback(packetID: request.packetID, reasonCodes: codes)).encode(
          into: &answers, version: .v5, from: .server)
        isSubscribed = true
      default: break
      }
    }
    for view in views where view.packetID != 0 {
      try Packet.puback(Acknowledgement(view.packetID)).encode(into: &answers, version: .v5, from: .server)
    }
    views.removeAll(keepingCapacity: true)
    self.received.moveReaderIndex(forwardBy: offset)
    if answers.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(answers), promise: nil) }
    if isSubscribed { flood(context) }
  }

  /// Writing may call back before it returns, when all was taken.
  private func flood(_ context: ChannelHandlerContext) {
    guard !isFlooding else { return }
    isFlooding = true
    while left > 0, context.channel.isWritable {
      left -= 1
      context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
    isFlooding = false
  }
}
