import NIOCore

/// Holds the conversation of an opening, tells how it ended, and goes.
final class OpeningHandler<Conversation: Opening>: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var conversation: Conversation
  private let patience: Duration
  private var timer: Scheduled<Void>?
  private var done: ((Disconnection.Reason?) -> Void)?
  /// What has arrived and is not understood yet; the conversations bound it.
  private var bytes = ByteBuffer()

  /// What an error of the way below means.
  private let reason: (any Error) -> Disconnection.Reason

  /// - Parameter done: called once, on the event loop, with what went wrong.
  init(
    _ conversation: Conversation, within patience: Duration, reason: @escaping (any Error) -> Disconnection.Reason,
    done: @escaping (Disconnection.Reason?) -> Void
  ) {
    self.conversation = conversation
    self.patience = patience
    self.reason = reason
    self.done = done
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let time = patience.nanoseconds
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(time)) {
      self.fail(.timedOut(self.conversation.waiting, time), context)
    }
    say(conversation.start(), context)
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard done != nil else { return context.fireChannelRead(data) }
    var news = unwrapInboundIn(data)
    bytes.writeBuffer(&news)
    while done != nil {
      switch conversation.receive(&bytes) {
      case .needMore: return
      case .say(let words): say(words, context)
      case .finished: return finish(context)
      case .failed(let reason): return fail(reason, context)
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    if done != nil { context.read() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard done != nil else { return context.fireErrorCaught(error) }
    let reason = reason(error)
    // A peer that closes with our words unread is an error of the network, too
    let isClosed = error is IOError || reason == .closed(wasAccepted: false)
    fail(isClosed ? conversation.closed(after: bytes) : reason, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard done != nil else { return context.fireChannelInactive() }
    fail(conversation.closed(after: bytes), context)
  }

  private func say(_ words: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: words)), promise: nil)
  }

  /// What comes next is told first, so that it gets what is left.
  private func finish(_ context: ChannelHandlerContext) {
    end(nil)
    if bytes.readableBytes > 0 {
      context.fireChannelRead(wrapInboundOut(bytes))
      context.fireChannelReadComplete()
    }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  private func fail(_ reason: Disconnection.Reason, _ context: ChannelHandlerContext) {
    guard done != nil else { return }
    end(reason)
    context.close(promise: nil)
  }

  private func end(_ reason: Disconnection.Reason?) {
    let done = done
    self.done = nil
    timer?.cancel()
    done?(reason)
  }
}
