import MQTT
import NIOCore
import NIOPosix

extension ConnectionHandler {
  /// Connects to the endpoint; the session hears of the outcome.
  func open(_ version: ProtocolVersion) {
    attempt += 1
    let attempt = attempt
    let configuration = session.configuration
    reading = Reading(configuration, version: version)
    let bootstrap = ClientBootstrap(group: eventLoop)
      .connectTimeout(.nanoseconds(configuration.connectTimeout.nanoseconds))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.autoRead, value: false)
      .channelOption(.maxMessagesPerRead, value: Reading.readsPerWake)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Reading.capacity))
    let channel =
      switch configuration.endpoint {
      case .tcp(let host, let port):
        // NIO would trap on a port that is none
        (1...65_535).contains(port)
          ? bootstrap.connect(host: host, port: port)
          : eventLoop.makeFailedFuture(IOError(errnoCode: EINVAL, reason: "\(port) is not a port"))
      }
    channel.assumeIsolated().whenComplete { self.attempted($0, attempt) }
  }

  private func attempted(_ result: Result<any Channel, any Error>, _ attempt: Int) {
    switch result {
    case .success(let channel) where attempt == self.attempt:
      do {
        try channel.pipeline.syncOperations.addHandler(self)
      } catch {
        channel.close(promise: nil)
        perform(session.closed(.network("\(error)"), at: now))
      }
    case .success(let channel): channel.close(promise: nil)
    case .failure(let error) where attempt == self.attempt:
      perform(session.closed(reason(for: error), at: now))
    case .failure: break
    }
    settle()
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    outgoing.clear()
    perform(session.opened(at: now))
    settle()
    context.read()
  }

  func channelInactive(context: ChannelHandlerContext) {
    ended(context, .closed(wasAccepted: false))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    ended(context, reason(for: error))
    context.close(promise: nil)
  }

  /// A channel may end twice, by an error and by closing after it; by then the next one may be under way.
  private func ended(_ context: ChannelHandlerContext, _ reason: Disconnection.Reason) {
    guard context === self.context else { return }
    self.context = nil
    outgoing.clear()
    reading.stop()
    perform(session.closed(reason, at: now))
    settle()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard context === self.context else { return }
    perform(session.writable(context.channel.isWritable, at: now))
    settle()
  }

  private func reason(for error: any Error) -> Disconnection.Reason {
    switch error {
    case ChannelError.connectTimeout(let time): return .timedOut(.network, time.nanoseconds)
    case let error as NIOConnectionError:
      guard let first = error.connectionErrors.first?.error else { return .unknownHost(error.host) }
      return reason(for: first)
    case let error as IOError where error.errnoCode == ECONNREFUSED: return .connectionRefused
    case let error as IOError where error.errnoCode == ECONNRESET || error.errnoCode == EPIPE:
      return .closed(wasAccepted: false)
    case let error as IOError: return .network(String(describing: error))
    default: return .network("\(error)")
    }
  }
}
