import NIOCore
import NIOWebSocket

/// Bytes of MQTT in frames of a WebSocket, RFC 6455: a packet may lie across frames, and a frame hold many [MQTT-6.0.0-2].
final class WebSocketFrames: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = WebSocketFrame

  /// Whether a message of several frames is not at its end.
  private var isFragmented = false
  /// Whether nothing that comes counts any more.
  private var hasEnded = false
  private var hasSaidClose = false

  /// Adds what stands between bytes and frames. A frame is held until it is whole, so `limit` bounds what it takes.
  static func enter(_ pipeline: ChannelPipeline.SynchronousOperations, limit: Int) throws {
    let most = min(max(limit, 0) + (64 << 10), Int(UInt32.max))
    try pipeline.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: most)))
    try pipeline.addHandler(WebSocketFrameEncoder())
    try pipeline.addHandler(WebSocketFrames())
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasEnded else { return }
    let frame = unwrapInboundIn(data)
    if frame.maskKey != nil { return fail(.invalid("it masked a frame, which only clients do"), context) }
    if !frame.reservedBits.isEmpty { return fail(.invalid("it set reserved bits of a frame"), context) }
    switch frame.opcode {
    case .binary, .continuation:
      guard isFragmented == (frame.opcode == .continuation) else {
        return fail(.invalid("a frame came that does not follow the one before"), context)
      }
      isFragmented = !frame.fin
      if frame.data.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(frame.data)) }
    case .text: fail(.text, context)  // [MQTT-6.0.0-1]
    case .ping where context.channel.isWritable:
      // A peer that pings and does not read is not answered, or the answers would pile up
      send(.pong, frame.data, context)
    case .ping, .pong: break
    case .connectionClose: closed(frame.data, context)
    default: fail(.invalid("a frame of a kind came that RFC 6455 does not have"), context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? NIOWebSocketError else { return context.fireErrorCaught(error) }
    switch error {
    case .invalidFrameLength: fail(.invalid("a frame came that is larger than any packet may be"), context)
    default: fail(.invalid("a control frame came that is too long or in parts"), context)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let frame = WebSocketFrame(fin: true, opcode: .binary, maskKey: .random(), data: unwrapOutboundIn(data))
    context.write(wrapOutboundOut(frame), promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .output { sendClose(.normalClosure, context) }
    context.close(mode: mode, promise: promise)
  }

  /// The server closes. For a usual end that is all; other codes say what is wrong.
  private func closed(_ data: ByteBuffer, _ context: ChannelHandlerContext) {
    var data = data
    let code = data.readInteger(as: UInt16.self).map(Int.init) ?? 1005
    sendClose(.normalClosure, context)
    hasEnded = true
    guard ![1000, 1001, 1005].contains(code) else { return context.close(promise: nil) }
    let words = Evidence.text(data.readableBytesView, limit: 123)
    context.fireErrorCaught(Disconnection.Reason.webSocket(.closed(code: code, words: words)))
  }

  private func fail(_ failure: WebSocketFailure, _ context: ChannelHandlerContext) {
    guard !hasEnded else { return }
    sendClose(failure == .text ? .unacceptableData : .protocolError, context)
    hasEnded = true
    context.fireErrorCaught(Disconnection.Reason.webSocket(failure))
  }

  private func sendClose(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    guard !hasSaidClose else { return }
    hasSaidClose = true
    var data = context.channel.allocator.buffer(capacity: 2)
    data.write(webSocketErrorCode: code)
    send(.connectionClose, data, context)
  }

  private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
    let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
  }
}
