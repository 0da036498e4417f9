import MQTT
import NIOCore

/// Reading is fast by doing little: whole reads are walked in place, a PUBLISH becomes a view of 24 bytes, and only the
/// packet that lies across the border of two reads is copied. It is bounded by not reading: while the inbox is full no
/// byte is taken from the socket. And it is calm: a broker that writes packet by packet would wake us for each of them,
/// so after a small read the next one waits a moment, unless somebody waits for our answer or we wait for one.
extension ConnectionHandler {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard context === self.context, session.isListening else { return }
    var rest = unwrapInboundIn(data)
    session.heard(at: now)
    reading.bytes += rest.readableBytes
    if rest.readableBytes < Reading.capacity / 4 {
      // A view into a large buffer would keep all of it; the buffer itself goes back to be read into again
      var copy = context.channel.allocator.buffer(capacity: rest.readableBytes)
      copy.writeBuffer(&rest)
      rest = copy
    }
    while reading.tail.readableBytes > 0, rest.readableBytes > 0, session.isListening {
      let missing = max(reading.wanted - reading.tail.readableBytes, 1)
      if var part = rest.readSlice(length: min(missing, rest.readableBytes)) { reading.tail.writeBuffer(&part) }
      guard reading.tail.readableBytes >= reading.wanted else { break }
      let packet = reading.tail
      reading.tail = ByteBuffer()
      walk(packet)
    }
    if rest.readableBytes > 0, session.isListening { walk(rest) }
    reading.hasAnswered = reading.hasAnswered || outgoing.readableBytes > 0
    post()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    settle()
    defer {
      reading.bytes = 0
      reading.hasAnswered = false
    }
    guard session.isListening else { return context.read() }
    if inbox.isFull {
      reading.isHeldBack = true
      session.listen(false, at: now)
    } else if reading.bytes < Reading.smallWake, !reading.hasAnswered, !session.awaitsAnswer {
      reading.next = eventLoop.assumeIsolated().scheduleTask(in: Reading.pause) { self.context?.read() }
    } else {
      context.read()
    }
  }

  /// The owner has emptied a full inbox.
  func drained() {
    guard reading.isHeldBack else { return }
    reading.isHeldBack = false
    session.listen(true, at: now)
    context?.read()
  }

  /// Takes the packets of a read; the beginning of the last one is kept if its end is missing.
  private func walk(_ buffer: ByteBuffer) {
    var buffer = buffer
    let end = buffer.readableBytes
    var offset = 0
    var views: [PublishView] = []
    views.reserveCapacity(min(end, Reading.capacity) / reading.messageSize)
    session.startBuffer()
    meetOlderBroker(buffer)
    let stranger = stranger(in: buffer)
    while session.isListening {
      let first = views.count
      let start = offset
      let step: PacketDecoder.Step
      do throws(MalformedPacket) {
        // Topics of aliases are written behind `end`
        let bytes = buffer.readableBytesSpan.extracting(first: end)
        step = try reading.decoder.decode(bytes, at: &offset, publishes: &views)
      } catch {
        if tap.isOpen { traceReceived(views, from: first, in: buffer, start..<offset, nil) }
        traceMalformed(buffer, from: offset, to: end, by: error)
        receive(&views, from: first, in: &buffer)
        perform(
          stranger.map { session.met($0, at: now) } ?? session.receive(error, at: now), after: &views, buffer)
        break
      }
      if tap.level != .nothing { traceReceived(views, from: first, in: buffer, start..<offset, step.packet) }
      receive(&views, from: first, in: &buffer)
      guard case .packet(let packet) = step else {
        if let stranger, end >= 4 {  // such as “220 mail”, which may begin as a long PUBLISH does
          traceMalformed(buffer, from: offset, to: end)
          perform(session.met(stranger, at: now), after: &views, buffer)
          break
        }
        if case .needMore(let count) = step, offset < end { keep(buffer, offset..<end, wanted: count) }
        break
      }
      perform(session.receive(inOurVersion(packet), at: now), after: &views, buffer)
    }
    if !views.isEmpty { reading.messageSize = max(end / views.count, 1) }
    deliver(&views, buffer)
  }

  private func receive(_ views: inout [PublishView], from first: Int, in buffer: inout ByteBuffer) {
    guard views.count > first else { return }
    perform(session.receive(&views, from: first, in: &buffer, at: now), after: &views, buffer)
  }

  /// Answers go out as they come, but the owner hears of messages before he hears of what came after them.
  private func perform(_ outputs: [Session.Output], after views: inout [PublishView], _ buffer: ByteBuffer) {
    if outputs.contains(where: { !$0.isAnswer }) { deliver(&views, buffer) }
    perform(outputs)
  }

  private func keep(_ buffer: ByteBuffer, _ places: Range<Int>, wanted: Int) {
    let start = buffer.readerIndex + places.lowerBound
    guard session.isListening, var rest = buffer.getSlice(at: start, length: places.count) else { return }
    reading.tail.writeBuffer(&rest)
    reading.wanted = wanted
  }

  private func deliver(_ views: inout [PublishView], _ buffer: ByteBuffer) {
    guard !views.isEmpty else { return }
    let batch = MessageBatch(buffer: buffer, views: views, receivedAt: WallClock.now, version: session.version)
    posts.append(.messages(batch))
    views = []
  }

  private func post() {
    postTrace()
    guard !posts.isEmpty else { return }
    inbox.post(contentsOf: posts)
    posts.removeAll(keepingCapacity: true)
  }

  /// Whose first bytes these may be, if they are no packet of MQTT.
  private func stranger(in buffer: ByteBuffer) -> Stranger? {
    guard case .asking = session.phase else { return nil }
    return Stranger(buffer.readableBytesView)
  }

  /// Some brokers of 3.1.1 answer the CONNECT of 5.0 in their own words, a CONNACK of four bytes.
  private func meetOlderBroker(_ buffer: ByteBuffer) {
    guard case .asking = session.phase, session.configuration.protocolChoice == .automatic else { return }
    guard buffer.getInteger(at: buffer.readerIndex, as: UInt16.self) == 0x2002 else { return }
    reading.decoder.version = .v3_1_1
    session.link.refusalVersion = .v3_1_1
  }

  /// Even if such a broker accepts us, it means another protocol than we do.
  private func inOurVersion(_ packet: Packet) -> Packet {
    guard case .connack(let connack) = packet, reading.decoder.version != session.version,
      connack.reasonCode == .success
    else { return packet }
    return .connack(Connack(reasonCode: .unsupportedProtocolVersion))
  }
}

extension PacketDecoder.Step {
  /// The packet that the decoder stopped at, if that was what stopped it.
  fileprivate var packet: Packet? { if case .packet(let packet) = self { packet } else { nil } }
}

extension Session.Output {
  /// Whether only the broker hears of it.
  fileprivate var isAnswer: Bool {
    switch self {
    case .send, .acknowledge, .record: true
    case .open, .post, .close, .abort: false
    }
  }
}
