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

  /// Writes whole packets, each in a frame of its own: a frame may hold many, but paho for C takes one out of it and
  /// waits for the network before it looks at the others.
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    var bytes = unwrapOutboundIn(data)
    while bytes.readableBytes > 0 {
      let packet = bytes.readPacket() ?? bytes.readSlice(length: bytes.readableBytes) ?? bytes
      let frame = WebSocketFrame(fin: true, opcode: .binary, data: packet)
      context.write(wrapOutboundOut(frame), promise: bytes.readableBytes == 0 ? promise : nil)
    }
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

extension ByteBuffer {
  /// The packet that comes next, by its own length; nil if it is not whole.
  fileprivate mutating func readPacket() -> ByteBuffer? {
    var length = 0
    for place in 1...4 {
      guard let byte = getInteger(at: readerIndex + place, as: UInt8.self) else { return nil }
      length |= Int(byte & 0x7F) << ((place - 1) * 7)
      if byte & 0x80 == 0 { return readSlice(length: 1 + place + length) }
    }
    return nil
  }
}
