import NIOCore
import NIOSSL
import NIOTLS

/// Waits behind the handler of TLS for the handshake to end, tells how it did, and goes.
final class TLSOpening: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias Outcome = Result<Transport.Security, Disconnection.Reason>

  private let settings: TLSContext
  private let handler: NIOSSLClientHandler
  private let first = FirstBytes()
  private let patience: Duration
  private var timer: Scheduled<Void>?
  private var done: ((Outcome) -> Void)?

  /// - Parameter done: called once, on the event loop.
  init(
    _ settings: TLSContext, within patience: Duration, done: @escaping (Outcome) -> Void
  ) throws(Disconnection.Reason) {
    self.settings = settings
    handler = try settings.handler()
    self.patience = patience
    self.done = done
  }

  /// Begins the handshake.
  func enter(_ pipeline: ChannelPipeline.SynchronousOperations) throws {
    try pipeline.addHandler(first)
    try pipeline.addHandler(handler)
    try pipeline.addHandler(self)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let time = patience.nanoseconds
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(time)) {
      self.finish(.failure(.timedOut(.tls, time)), context)
    }
    context.read()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .handshakeCompleted(let name)? = event as? TLSUserEvent, done != nil else {
      return context.fireUserInboundEventTriggered(event)
    }
    guard settings.accepts(handler.peerCertificate) else {
      return finish(.failure(.tls(.wrongName(settings.name, PeerCertificate(handler.peerCertificate)))), context)
    }
    finish(
      .success(
        Transport.Security(
          version: handler.tlsVersion == .tlsv13 ? .v1_3 : .v1_2, certificate: PeerCertificate(handler.peerCertificate),
          applicationProtocol: name, isVerified: settings.settings.verification != .none)), context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard done != nil else { return context.fireErrorCaught(error) }
    if error is IOError { return finish(.failure(.tls(.closed)), context) }  // closed with our words unread
    let failure = TLSFailure(
      error, name: settings.name, settings.settings, certificate: PeerCertificate(handler.peerCertificate),
      firstBytes: first.bytes)
    finish(.failure(.tls(failure)), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard done != nil else { return context.fireChannelInactive() }
    finish(.failure(.tls(.closed)), context)
  }

  private func finish(_ outcome: Outcome, _ context: ChannelHandlerContext) {
    guard let done else { return }
    self.done = nil
    timer?.cancel()
    done(outcome)
    if case .failure = outcome { return context.close(promise: nil) }
    // Both are in the pipeline, and it is no harm if they stay
    context.pipeline.syncOperations.removeHandler(first, promise: nil)
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }
}
