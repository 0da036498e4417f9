import NIOCore
import NIOWebSocket

/// Bytes of MQTT in frames of a WebSocket, on the side of the server: a packet may lie across frames, and a frame hold
/// many [MQTT-6.0.0-2].
final class ServerFrames: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = WebSocketFrame

  /// Whether a message of several frames is not at its end.
  private var isFragmented = false
  private var hasEnded = false
  private var hasSaidClose = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasEnded else { return }
    let frame = unwrapInboundIn(data)
    guard frame.maskKey != nil, frame.reservedBits.isEmpty else { return fail(.protocolError, context) }
    switch frame.opcode {
    case .binary, .continuation:
      guard isFragmented == (frame.opcode == .continuation) else { return fail(.protocolError, context) }
      isFragmented = !frame.fin
      let bytes = frame.unmaskedData
      if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
    case .ping where context.channel.isWritable:
      // A client that pings and does not read is not answered, or the answers would pile up
      send(.pong, frame.unmaskedData, context)
    case .ping, .pong: break
    case .connectionClose:
      sendClose(.normalClosure, context)
      hasEnded = true
      context.close(promise: nil)
    case .text: fail(.unacceptableData, context)  // [MQTT-6.0.0-1]
    default: fail(.protocolError, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is NIOWebSocketError else { return context.fireErrorCaught(error) }
    fail(.protocolError, context)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let frame = WebSocketFrame(fin: true, opcode: .binary, data: unwrapOutboundIn(data))
    context.write(wrapOutboundOut(frame), promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode != .input { sendClose(.normalClosure, context) }
    context.close(mode: mode, promise: promise)
  }

  private func fail(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    guard !hasEnded else { return }
    sendClose(code, context)
    hasEnded = true
    context.close(promise: nil)
  }

  private func sendClose(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    guard !hasSaidClose, context.channel.isActive else { return }
    hasSaidClose = true
    var data = context.channel.allocator.buffer(capacity: 2)
    data.write(webSocketErrorCode: code)
    send(.connectionClose, data, context)
  }

  private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: opcode, data: data)), promise: nil)
  }
}
