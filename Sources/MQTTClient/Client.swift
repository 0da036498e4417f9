import MQTT
import NIOCore
import NIOPosix

/// A connection to a broker that stays connected, from `start` to `stop`.
///
/// Letting go of a client does not close its connection; `stop` does, and `run` stops on every way out. Everything
/// happens on one event loop; what happened is posted to the inbox, in order. Nothing here waits for
/// anything, and no call fails: a request that cannot be carried out is answered by an event as well.
public final class Client: Sendable {
  private let eventLoop: any EventLoop
  private let handler: NIOLoopBoundBox<ConnectionHandler?>

  /// A client that is not started yet. The inbox serves this client alone.
  public convenience init(_ configuration: Configuration, inbox: Inbox, on group: any EventLoopGroup) {
    self.init(configuration, inbox: inbox, on: group, resolver: nil)
  }

  /// - Parameter resolver: Finds the addresses of a host name; nil for the one of the system.
  init(
    _ configuration: Configuration, inbox: Inbox, on group: any EventLoopGroup, resolver: (any Resolver & Sendable)?
  ) {
    let eventLoop = group.next()
    let handler = NIOLoopBoundBox.makeEmptyBox(valueType: ConnectionHandler.self, eventLoop: eventLoop)
    self.eventLoop = eventLoop
    self.handler = handler
    eventLoop.execute {
      handler.value = ConnectionHandler(configuration, inbox: inbox, eventLoop: eventLoop, resolver: resolver)
    }
    inbox.onDrained { [weak handler] in
      guard let handler else { return }
      eventLoop.execute { handler.value?.drained() }
    }
  }

  /// Connects, does the work, and disconnects normally on every way out of it.
  public func run<Result>(_ work: () async throws -> Result) async rethrows -> Result {
    start()
    do {
      let result = try await work()
      await stop()
      return result
    } catch {
      await stop()
      throw error
    }
  }

  /// Connects.
  public func start() { perform(.reconnect) }

  /// Carries out a request; its outcome comes to the inbox.
  public func perform(_ request: Request) {
    let handler = handler
    eventLoop.execute { handler.value?.carryOut(request) }
  }

  /// Disconnects normally and returns when the connection is closed, after a second at the latest; until then a
  /// `Request.reconnect` is ignored.
  public func stop() async {
    let handler = handler
    await withCheckedContinuation { continuation in
      eventLoop.execute {
        guard let shell = handler.value else { return continuation.resume() }
        shell.stop { continuation.resume() }
      }
    }
  }
}
