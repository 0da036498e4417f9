import NIOCore
import NIOPosix
import NIOSSL

/// A broker for development, for tests and for the demo: single-node, in memory, bounded in all it holds.
///
/// Everything happens on one event loop, which owns the state; nothing here waits for anything but `listen` and `stop`.
public final class Broker: Sendable {
  private let eventLoop: any EventLoop
  private let shell: NIOLoopBoundBox<BrokerShell?>

  /// A broker that listens nowhere yet.
  public init(limits: BrokerLimits = BrokerLimits(), access: Access = Access(), on group: any EventLoopGroup) {
    let eventLoop = group.next()
    let shell = NIOLoopBoundBox.makeEmptyBox(valueType: BrokerShell.self, eventLoop: eventLoop)
    self.eventLoop = eventLoop
    self.shell = shell
    eventLoop.execute { shell.value = BrokerShell(limits: limits, access: access, eventLoop: eventLoop) }
  }

  /// Accepts connections at an address; returns the listener with the port that it has got.
  ///
  /// - Parameter identity: what TLS shows of us; has to be there if the listener is secure.
  public func listen(on listener: Listener, identity: ServerIdentity? = nil) throws -> Listener {
    let shell = shell
    let bootstrap = ServerBootstrap(group: eventLoop)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.maxMessagesPerRead, value: 4)
      .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: BrokerHandler.readSize))
      .childChannelOption(
        .writeBufferWaterMark, value: ChannelOptions.Types.WriteBufferWaterMark(low: 64 << 10, high: 256 << 10)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let shell = shell.value else { return }
          try Entrance(listener, identity).enter(channel, shell)
        }
      }
    let channel: any Channel
    if listener.kind == .unix {
      channel = try bootstrap.bind(unixDomainSocketPath: listener.host, cleanupExistingSocketFile: true).wait()
    } else {
      channel = try bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .bind(host: listener.host, port: listener.port).wait()
    }
    eventLoop.execute { shell.value?.listening(on: channel) }
    var bound = listener
    if let port = channel.localAddress?.port { bound.port = port }
    return bound
  }

  /// Says goodbye to all clients, closes everything and returns when it is closed.
  public func stop() throws {
    let shell = shell
    try eventLoop.flatSubmit { [eventLoop] in
      shell.value?.stop() ?? eventLoop.makeSucceededVoidFuture()
    }.wait()
  }
}
