import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// A broker for development, for tests and for the demo: single-node, bounded in all it holds, in memory unless it is
/// given a store.
///
/// Everything happens on one event loop, which owns the state; nothing here waits for anything but `listen` and `stop`.
public final class Broker: Sendable {
  private let eventLoop: any EventLoop
  private let shell: NIOLoopBoundBox<BrokerShell?>
  /// What was taken over; nothing by a broker without a store.
  package let restored: Restored

  /// The version of the broker, and of the program that it is a part of.
  package static let version = "0.1.0"

  /// A broker that listens nowhere yet.
  public convenience init(
    limits: BrokerLimits = BrokerLimits(), access: Access = Access(), on group: any EventLoopGroup
  ) {
    self.init(limits: limits, access: access, on: group, report: { _ in })
  }

  /// A broker that listens nowhere yet.
  ///
  /// - Parameter report: called on its event loop if something is to be told to whoever runs it.
  package init(
    limits: BrokerLimits, access: Access, on group: any EventLoopGroup,
    report: @escaping @Sendable (BrokerReport) -> Void
  ) {
    let eventLoop = group.next()
    let shell = NIOLoopBoundBox.makeEmptyBox(valueType: BrokerShell.self, eventLoop: eventLoop)
    self.eventLoop = eventLoop
    self.shell = shell
    restored = Restored(sessions: 0, retained: 0)
    eventLoop.execute {
      shell.value = BrokerShell(limits: limits, access: access, report: report, eventLoop: eventLoop)
    }
  }

  /// A broker that keeps retained messages and sessions, and goes on where the one before it was ended.
  ///
  /// - Parameters:
  ///   - open: called once, on the event loop that the store is used on from then on.
  ///   - report: called there if something is to be told, such as that the store has no room.
  package init(
    limits: BrokerLimits = BrokerLimits(), access: Access = Access(), on group: any EventLoopGroup,
    keepingIn open: @escaping @Sendable () throws -> any BrokerStore,
    report: @escaping @Sendable (BrokerReport) -> Void = { _ in }
  ) throws {
    let eventLoop = group.next()
    let shell = NIOLoopBoundBox.makeEmptyBox(valueType: BrokerShell.self, eventLoop: eventLoop)
    self.eventLoop = eventLoop
    self.shell = shell
    restored = try eventLoop.submit {
      let keeper = Keeper(try open(), report: report)
      let running = try BrokerShell(
        limits: limits, access: access, keeper: keeper, report: report, eventLoop: eventLoop)
      shell.value = running
      return keeper.restored
    }.wait()
  }

  /// What a broker has taken over from the one before it.
  package struct Restored: Equatable, Sendable {
    package let sessions: Int
    package let retained: Int
  }

  /// Accepts connections at an address; returns the listener with the port that it has got.
  ///
  /// - Parameter identity: what TLS shows of us; has to be there if the listener is secure.
  public func listen(on listener: Listener, identity: ServerIdentity? = nil) throws -> Listener {
    let shell = shell
    let bootstrap = ServerBootstrap(group: eventLoop)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptPause { shell.value?.report(.notAccepting($0)) })
        }
      }
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.maxMessagesPerRead, value: 4)
      .childChannelOption(
        .recvAllocator,
        // Thousands of idle connections are not to keep a large buffer each
        value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: BrokerHandler.readSize)
      )
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
      try refuseSocketInUse(listener.host)
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

  /// From now on lets in by other users and rules. Whoever is connected stays if the user is the same, and may do what the
  /// new rules say.
  package func use(_ access: Access) {
    let shell = shell
    eventLoop.execute {
      guard let shell = shell.value else { return }
      shell.state.use(access, at: shell.now)
      shell.settle()
    }
  }

  /// A socket that somebody listens at is not taken away, as the one that a broker left behind is.
  private func refuseSocketInUse(_ path: String) throws {
    let probe: any Channel
    do { probe = try ClientBootstrap(group: eventLoop).connect(unixDomainSocketPath: path).wait() } catch {
      return  // nobody is there
    }
    probe.close(promise: nil)
    throw IOError(errnoCode: EADDRINUSE, reason: "bind")
  }

  /// Says goodbye to all clients, closes everything and returns when it is closed.
  public func stop() throws {
    let shell = shell
    try eventLoop.flatSubmit { [eventLoop] in
      shell.value?.stop() ?? eventLoop.makeSucceededVoidFuture()
    }.wait()
  }
}
