import MQTT
import NIOCore

/// One connection of a client: bytes to packets and back.
final class BrokerHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How much one read takes, in bytes.
  static let readSize = 64 << 10
  /// How much a client may have us answer without reading the answers, in bytes, before we stop reading.
  private static let unreadAnswers = 1 << 20
  /// How large CONNECT may be: five texts, their properties and a will.
  static let largestConnect = 1 << 20
  /// How long a publisher waits before it is looked at again.
  private static let pause = TimeAmount.milliseconds(1)
  /// How long a client has to take our last words.
  private static let farewell = TimeAmount.milliseconds(500)

  let shell: BrokerShell
  private(set) var place = -1
  private(set) var channel: (any Channel)?
  /// Packets on their way out.
  var outgoing = ByteBuffer()
  /// Whether the connection is to be closed behind them.
  var isClosing = false
  /// Whether nothing more may be said, as something before it could not be.
  private(set) var isMuted = false
  /// Whether the shell knows that there is something to settle.
  var isNoted = false
  private var context: ChannelHandlerContext?
  var decoder = PacketDecoder(version: .v3_1_1, from: .client, maximumPacketSize: largestConnect)
  var views: [PublishView] = []
  /// The beginning of a packet whose end has not arrived, and how many bytes are worth another look.
  var tail = ByteBuffer()
  var wanted = 0
  private var isHeldBack = false
  var isAccepted = false
  let threshold: Threshold?
  /// Whether messages came since the last read.
  var hasPublished = false

  /// - Parameter threshold: what stands before handlers that would hold any amount of bytes of a client.
  init(_ shell: BrokerShell, behind threshold: Threshold? = nil) {
    self.shell = shell
    self.threshold = threshold
  }

  /// Whether the network takes more; a connection may end while it is written to.
  var isWritable: Bool { place >= 0 && context?.channel.isWritable == true }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    channel = context.channel
    if context.channel.isActive { begin(context) }
  }

  func channelActive(context: ChannelHandlerContext) { begin(context) }

  private func begin(_ context: ChannelHandlerContext) {
    guard place < 0 else { return }
    place = shell.enter(self)
    decoder.maximumPacketSize = min(Self.largestConnect, shell.state.limits.maximumPacketSize ?? .max)
    shell.settle()
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard place >= 0, shell.state.isListening(to: place) else { return }
    shell.state.statistics.bytesReceived += bytes.readableBytes
    let now = shell.now
    while tail.readableBytes > 0, bytes.readableBytes > 0 {
      let missing = max(wanted - tail.readableBytes, 1)
      if var part = bytes.readSlice(length: min(missing, bytes.readableBytes)) { tail.writeBuffer(&part) }
      guard tail.readableBytes >= wanted else { break }
      let packet = tail
      tail = ByteBuffer()
      walk(packet, at: now)
    }
    if bytes.readableBytes > 0, shell.state.isListening(to: place) { walk(bytes, at: now) }
    shell.settle()
  }

  func channelReadComplete(context: ChannelHandlerContext) { readMore(context) }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    guard place >= 0, context.channel.isWritable else { return }
    shell.state.sent(place, at: shell.now)
    shell.settle()
    if isHeldBack { readMore(context) }
  }

  func channelInactive(context: ChannelHandlerContext) { end() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
    end()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    end()
    self.context = nil
  }

  private func end() {
    guard place >= 0 else { return }
    let place = place
    self.place = -1
    channel = nil
    tail = ByteBuffer()
    outgoing = ByteBuffer()
    shell.leave(place)
  }

  /// Goes on reading, unless the client does not take our answers: then it waits for itself. If it publishes faster than
  /// others read, it waits for them.
  private func readMore(_ context: ChannelHandlerContext) {
    isHeldBack = place >= 0 && shell.state.credit(of: place) < -Self.unreadAnswers
    guard !isHeldBack else { return }
    guard place >= 0, hasPublished, shell.state.isPressed(at: shell.now) else {
      hasPublished = false
      return context.read()
    }
    shell.state.excuse(place, at: shell.now)
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [weak self] in
      guard let self, let context = self.context else { return }
      self.readMore(context)
    }
  }

  /// Appends a packet; one that this client does not take ends the connection, since an answer cannot be left out.
  func write(_ packet: Packet, version: ProtocolVersion) {
    guard !isMuted else { return }
    do throws(EncodingError) {
      try packet.encode(
        into: &outgoing, version: version, from: .server, maximumSize: shell.state.maximumPacketSize(of: place))
    } catch {
      isMuted = true
      shell.state.failed(place, at: shell.now)
    }
  }

  /// Lets out what has piled up, and closes if it is time.
  func settle() {
    isNoted = false
    guard let context, place >= 0 else { return }
    if outgoing.readableBytes > 0 {
      let bytes = outgoing
      outgoing = ByteBuffer()
      context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
    guard isClosing, place >= 0 else { return }
    isClosing = false
    // A full close with bytes unread would reset the connection, and the client might never see our last packet
    context.close(mode: .output, promise: nil)
    context.read()
    let channel = context.channel
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
  }
}
