import MQTT
import NIOCore
import NIOPosix
import NIOSSL

/// From the network to MQTT: one stage after the other is put into the pipeline, does its part and tells how it went.
/// This handler comes last, when all are passed. A plain connection has no stage, and nothing but this handler.
extension ConnectionHandler {
  /// Connects to the endpoint; the session hears of the outcome.
  func open(_ version: ProtocolVersion) {
    attempt += 1
    let attempt = attempt
    let configuration = session.configuration
    reading = Reading(configuration, version: version)
    transport = Transport(proxy: configuration.endpoint.address == nil ? nil : configuration.proxy)
    let way: Way
    do {
      way = try Way(configuration)
    } catch {
      perform(session.closed(error, at: now))
      return settle()
    }
    connect(to: way.target).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel) where attempt == self.attempt:
        self.opening = channel
        self.pass(way.stages[...], on: channel, attempt)
      case .success(let channel): channel.close(promise: nil)
      case .failure(let error): self.failed(self.reason(forConnecting: error), attempt)
      }
    }
  }

  private func connect(to target: Way.Target) -> EventLoopFuture<any Channel> {
    let bootstrap = ClientBootstrap(group: eventLoop)
      .resolver(resolver)
      .connectTimeout(.nanoseconds(session.configuration.connectTimeout.nanoseconds))
      .channelOption(.autoRead, value: false)
      .channelOption(.maxMessagesPerRead, value: Reading.readsPerWake)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Reading.capacity))
    return switch target {
    case .host(let host, let port):
      bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
    case .socket(let path): bootstrap.connect(unixDomainSocketPath: path)
    }
  }

  /// Passes what is left of the way, and then begins with MQTT.
  private func pass(_ stages: ArraySlice<Way.Stage>, on channel: any Channel, _ attempt: Int) {
    guard attempt == self.attempt else { return channel.close(promise: nil) }
    let pipeline = channel.pipeline.syncOperations
    let patience = session.configuration.connectTimeout
    let next = { (reason: Disconnection.Reason?) in
      if let reason { return self.failed(reason, attempt) }
      self.pass(stages.dropFirst(), on: channel, attempt)
    }
    do {
      switch stages.first {
      case .connect(let opening):
        try pipeline.addHandler(OpeningHandler(opening, within: patience, reason: reason(for:), done: next))
      case .socks(let opening):
        try pipeline.addHandler(OpeningHandler(opening, within: patience, reason: reason(for:), done: next))
      case .tls(let context):
        try TLSOpening(context, within: patience) { outcome in
          switch outcome {
          case .success(let security):
            self.transport.security = security
            next(nil)
          case .failure(let reason): next(reason)
          }
        }.enter(pipeline)
      case .webSocket(let opening):
        let limit = session.configuration.maximumPacketSize
        try pipeline.addHandler(
          OpeningHandler(opening, within: patience, reason: reason(for:)) { reason in
            do { if reason == nil { try WebSocketFrames.enter(pipeline, limit: limit) } } catch {
              return next(Disconnection.Reason(error))
            }
            next(reason)
          })
      case nil:
        opening = nil
        try pipeline.addHandler(self)
        settle()
      }
    } catch {
      channel.close(promise: nil)
      failed(Disconnection.Reason(error), attempt)
    }
  }

  private func failed(_ reason: Disconnection.Reason, _ attempt: Int) {
    guard attempt == self.attempt else { return }
    opening = nil
    perform(session.closed(reason, at: now))
    settle()
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    outgoing.clear()
    perform(session.opened(over: transport, at: now))
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
  func ended(_ context: ChannelHandlerContext, _ reason: Disconnection.Reason) {
    guard context === self.context else { return }
    self.context = nil
    outgoing.clear()
    reading.stop()
    if hasUnwritten { session.cutOff() }
    hasUnwritten = false
    perform(session.closed(reason, at: now))
    settle()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard context === self.context else { return }
    perform(session.writable(context.channel.isWritable, at: now))
    settle()
  }

  /// What an error means that comes after the handshake: in TLS 1.3 a server looks at our certificate only then.
  func reason(for error: any Error) -> Disconnection.Reason {
    switch error {
    case NIOSSLError.uncleanShutdown, NIOSSLError.shutdownFailed, is NIOSSLCloseTimedOutError:
      .closed(wasAccepted: false)
    case is NIOSSLError, is BoringSSLError:
      .tls(TLSFailure(error, name: session.configuration.endpoint.address?.host ?? "", session.configuration.tls))
    default: Disconnection.Reason(error)
    }
  }

  private func reason(forConnecting error: any Error) -> Disconnection.Reason {
    var reason = Disconnection.Reason(error)
    if let error = error as? NIOConnectionError {
      // Of several addresses, the one that was reached tells more than the one that no way leads to
      let reasons = error.connectionErrors.map { Disconnection.Reason($0.error) }
      reason = reasons.first { $0 == .connectionRefused } ?? reasons.first ?? .unknownHost(error.host)
    }
    guard let proxy = transport.proxy else { return reason }
    switch reason {
    case .connectionRefused: return .proxy(ProxyFailure(proxy, .unreachable("nobody listens there.")))
    case .unknownHost: return .proxy(ProxyFailure(proxy, .unreachable("its name has no address.")))
    case .timedOut: return .proxy(ProxyFailure(proxy, .unreachable("it does not answer.")))
    case .network(let words): return .proxy(ProxyFailure(proxy, .unreachable("\(words).")))
    default: return reason
    }
  }
}
