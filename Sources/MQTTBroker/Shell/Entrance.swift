import NIOCore
import NIOHTTP1
import NIOSSL
import NIOWebSocket

/// From the network to MQTT, on the side that was called: TLS, then HTTP that becomes a WebSocket, then packets.
struct Entrance {
  private let listener: Listener
  private let identity: ServerIdentity?

  init(_ listener: Listener, _ identity: ServerIdentity?) {
    self.listener = listener
    self.identity = identity
  }

  /// Puts into a new channel's pipeline what its listener asks for.
  func enter(_ channel: any Channel, _ shell: BrokerShell) throws {
    let pipeline = channel.pipeline.syncOperations
    if listener.kind.isSecure {
      guard let identity else { throw EntranceError.noIdentity }
      try pipeline.addHandler(NIOSSLServerHandler(context: identity.context))
    }
    guard listener.kind.isWebSocket else { return try pipeline.addHandler(BrokerHandler(shell)) }
    let threshold = Threshold()
    try pipeline.addHandler(threshold)
    let limit = shell.state.limits.maximumPacketSize ?? BrokerLimits.largestPacket
    let isolated = NIOLoopBound((shell, threshold), eventLoop: channel.eventLoop)
    let upgrader = NIOWebSocketServerUpgrader(
      maxFrameSize: min(limit + (64 << 10), Int(UInt32.max)), automaticErrorHandling: false,
      shouldUpgrade: { channel, head in
        // [MQTT-6.0.0-3] [MQTT-6.0.0-4]
        let offered = head.headers[canonicalForm: "Sec-WebSocket-Protocol"]
        guard offered.contains("mqtt") else { return channel.eventLoop.makeSucceededFuture(nil) }
        return channel.eventLoop.makeSucceededFuture(["Sec-WebSocket-Protocol": "mqtt"])
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ServerFrames())
          let (shell, threshold) = isolated.value
          try channel.pipeline.syncOperations.addHandler(BrokerHandler(shell, behind: threshold))
        }
      })
    let greeter = WebSocketGreeter()
    let passed = NIOLoopBound(greeter, eventLoop: channel.eventLoop)
    try pipeline.configureHTTPServerPipeline(
      withServerUpgrade: (
        upgraders: [upgrader],
        completionHandler: { $0.pipeline.syncOperations.removeHandler(passed.value, promise: nil) }
      ))
    try pipeline.addHandler(greeter)
  }
}

/// Why a channel was not let in.
enum EntranceError: Error {
  case noIdentity
}

/// Reads on until a WebSocket is there, and refuses whoever wants anything else.
private final class WebSocketGreeter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private static let patience = TimeAmount.seconds(10)
  private var timer: Scheduled<Void>?

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelActive(context: ChannelHandlerContext) { context.read() }

  func channelReadComplete(context: ChannelHandlerContext) { context.read() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .end = unwrapInboundIn(data) else { return }
    let words = ByteBuffer(string: "This is a broker of MQTT; connect by a WebSocket of the subprotocol mqtt.\n")
    let headers: HTTPHeaders = ["content-length": "\(words.readableBytes)", "connection": "close"]
    let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(words))), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in channel.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A request that cannot become a WebSocket comes to us as any other, and is answered
    guard !(error is NIOWebSocketUpgradeError), !(error is HTTPServerUpgradeErrors) else { return }
    context.close(promise: nil)
  }
}
