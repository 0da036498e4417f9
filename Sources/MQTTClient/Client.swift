import MQTT
import NIOCore

/// A connection to a broker that stays connected, from `start` to `stop`.
///
/// Everything happens on one event loop; what happened is posted to the inbox.
public final class Client: Sendable {
  private let configuration: Configuration
  private let inbox: Inbox
  private let eventLoop: any EventLoop

  /// A client that is not started yet.
  public init(_ configuration: Configuration, inbox: Inbox, on group: any EventLoopGroup) {
    self.configuration = configuration
    self.inbox = inbox
    eventLoop = group.next()
  }

  /// Connects.
  public func start() {
  }

  /// Carries out a request; its outcome comes to the inbox.
  public func perform(_ request: Request) {
  }

  /// Disconnects normally and returns when the connection is closed.
  public func stop() async {
  }
}
