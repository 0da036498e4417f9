import NIOCore

/// Lets in only so many bytes until the client is accepted: what follows may hold back a frame until it is whole.
final class Threshold: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// A request that becomes a WebSocket, CONNECT, and what comes in the same read.
  private static let most = BrokerHandler.largestConnect + BrokerHandler.readSize

  /// Whether the client was accepted.
  var isOpen = false
  private var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !isOpen {
      count += unwrapInboundIn(data).readableBytes
      guard count <= Self.most else { return context.close(promise: nil) }
    }
    context.fireChannelRead(data)
  }
}
