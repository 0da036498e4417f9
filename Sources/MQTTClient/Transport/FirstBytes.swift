import NIOCore

/// Remembers how the peer began: the library of TLS says only that it was not TLS.
final class FirstBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private static let limit = 200
  private(set) var bytes: [UInt8] = []

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let room = Self.limit - bytes.count
    if room > 0 { bytes += unwrapInboundIn(data).readableBytesView.prefix(room) }
    context.fireChannelRead(data)
  }
}
