import Explorer
import Glibc
import MQTT
import NIOCore
import NIOPosix
import Synchronization
import TopicStore

/// The design that we did not take, to know what the inbox costs: the store lives on the event loop behind a lock that is
/// held for each read, and by the main thread for each frame. There is no session: what it saves speaks for the lock.
struct LockedIngest {
  /// CPU time a message, without the server's.
  private(set) var nanoseconds = 0.0

  init(of bytes: ByteBuffer, times: Int) throws {
    let messages = try Packets.views(of: bytes).count * times
    let server = try FloodServer(flood: bytes, times: times)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let shared = Shared()
    let start = (cpu: Cost.read(CLOCK_PROCESS_CPUTIME_ID), other: try server.cpu())
    _ = try ClientBootstrap(group: group)
      .channelOption(.maxMessagesPerRead, value: 16)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 256 << 10))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(LockedReader(shared))
        }
      }
      .connect(host: "127.0.0.1", port: server.port).wait()
    while shared.draw() < messages { usleep(30_000) }
    let cpu = Cost.read(CLOCK_PROCESS_CPUTIME_ID) - start.cpu - (try server.cpu() - start.other)
    nanoseconds = Double(cpu) / Double(messages)
    try server.stop()
    try group.syncShutdownGracefully()
  }

  /// What both threads use.
  final class Shared: Sendable {
    struct State: ~Copyable {
      var store = TopicStore()
      var taken = 0
    }

    private let state = Mutex(State())

    func append(_ bytes: ByteBuffer, _ views: [PublishView]) {
      let time = Cost.read(CLOCK_REALTIME)
      state.withLock { state in
        let span = bytes.readableBytesSpan
        for view in views {
          state.store.append(
            topic: span.extracting(view.topic), payload: span.extracting(view.payload),
            properties: span.extracting(view.properties),
            flags: MessageFlags(firstByte: view.flags, retainAsPublished: true), at: time)
        }
        state.taken += views.count
      }
    }

    /// What a frame needs of the store; how many messages it has.
    func draw() -> Int {
      state.withLock { state in
        state.store.settle(at: Cost.read(CLOCK_REALTIME))
        keep(state.store.rows(in: 0..<40))
        return state.taken
      }
    }
  }
}

/// Decodes each read and appends its messages under the lock.
private final class LockedReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let shared: LockedIngest.Shared
  private var decoder = PacketDecoder(version: .v5, from: .server)
  private var rest = ByteBuffer()

  init(_ shared: LockedIngest.Shared) { self.shared = shared }

  func channelActive(context: ChannelHandlerContext) {
    var bytes = ByteBuffer()
    do {
      try Packet.connect(Connect(clientID: "bench")).encode(into: &bytes, version: .v5, from: .client)
      try Packet.subscribe(Subscribe(packetID: 1, subscriptions: [Subscription(filter: "#")]))
        .encode(into: &bytes, version: .v5, from: .client)
    } catch {
      context.close(promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if rest.readableBytes > 0 {
      rest.writeBuffer(&bytes)
      bytes = rest
    }
    var views: [PublishView] = []
    views.reserveCapacity(bytes.readableBytes / 64)
    var offset = 0
    do {
      while case .packet = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views) {}
    } catch {
      context.close(promise: nil)
    }
    shared.append(bytes, views)
    rest.clear()
    if var tail = bytes.getSlice(at: bytes.readerIndex + offset, length: bytes.readableBytes - offset) {
      rest.writeBuffer(&tail)
    }
  }
}
