import MQTT
import NIOCore
import NIOPosix

/// The shell around a `Session`: sockets, bytes, timers and the inbox, on one event loop.
///
/// It serves one channel after the other. What happens is told to the session; `perform` is the one place where
/// anything is done about it. Outputs pile up in `outgoing` and `posts` and leave by `settle`, so that the answers to a
/// read are one write and its events one post. Reading is in an extension.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  var session: Session
  let inbox: Inbox
  let eventLoop: any EventLoop

  /// The channel in use, once it is connected.
  var context: ChannelHandlerContext?
  /// The channel that is on its way to be the one in use.
  var opening: (any Channel)?
  /// What is known of what carries the connection.
  var transport = Transport()
  /// Counts attempts to connect, to tell a late success of one that was given up.
  var attempt = 0
  /// Packets on their way out.
  var outgoing = ByteBuffer()
  /// Events on their way to the owner.
  var posts: [Event] = []
  /// Who watches the packets pass.
  var tap = Tap()
  /// What the reading extension knows between two reads.
  var reading: Reading
  /// The file that keeps the session, while there is one.
  var journal: Journal?

  /// Requests are answered at the end of a turn of the event loop, unless they fill a write before that.
  private static let fullWrite = 64 << 10  // bytes
  private var willSettle = false
  let resolver: (any Resolver & Sendable)?
  /// Something that was sent before the end has not left.
  var hasUnwritten = false
  private var timer: (deadline: Int64, task: Scheduled<Void>)?
  private var whenStopped: [() -> Void] = []

  init(
    _ configuration: Configuration, inbox: Inbox, eventLoop: any EventLoop, resolver: (any Resolver & Sendable)? = nil
  ) {
    self.resolver = resolver
    session = Session(configuration, seed: .random(in: .min ... .max))
    self.inbox = inbox
    self.eventLoop = eventLoop
    reading = Reading(configuration, version: session.version)
    openJournal()
  }

  /// The monotonic clock in nanoseconds.
  var now: Int64 { Int64(clamping: NIODeadline.now().uptimeNanoseconds) }

  /// Carries out a request of the owner; all requests that are here by now leave in one write.
  func carryOut(_ request: Request) {
    // Who waits for the end must not wait for ever because of one who does not know
    if request == .reconnect, !whenStopped.isEmpty { return }
    if case .trace(let level) = request { tap.level = level }
    perform(session.perform(request, at: now))
    guard outgoing.readableBytes < Self.fullWrite else { return settle() }
    guard !willSettle else { return }
    willSettle = true
    eventLoop.assumeIsolated().execute {
      self.willSettle = false
      self.settle()
    }
  }

  /// Disconnects, and calls back when nothing is left open.
  func stop(_ done: @escaping () -> Void) {
    whenStopped.append(done)
    carryOut(.disconnect(.success, []))
  }

  /// Does what the session says, in order.
  func perform(_ outputs: [Session.Output]) {
    for output in outputs {
      switch output {
      case .open(let version): open(version)
      case .send(let packet): write(packet)
      case .acknowledge(let ids): acknowledge(ids)
      case .record(let entry): journal?.append(entry)
      case .post(let event): posts.append(event)
      case .close: close()
      case .abort: abort()
      }
    }
  }

  /// Lets out what has piled up, and sees to the timer.
  func settle() {
    flush()
    postTrace()
    if !posts.isEmpty {
      inbox.post(contentsOf: posts)
      posts.removeAll(keepingCapacity: true)
    }
    schedule()
    guard session.phase == .stopped, context == nil else { return }
    let done = whenStopped
    whenStopped = []
    for callBack in done { callBack() }
  }

  private func write(_ packet: Packet) {
    let start = outgoing.readableBytes
    encode(packet)
    if tap.takes(packet.type, isSent: true) { traceSent(packet, behind: start) }
  }

  private func acknowledge(_ ids: [UInt16]) {
    let start = outgoing.readableBytes
    for id in ids { encode(.puback(Acknowledgement(id))) }
    if tap.isOpen { traceSent(ids, behind: start) }
  }

  private func encode(_ packet: Packet) {
    do throws(EncodingError) {
      try packet.encode(
        into: &outgoing, version: session.version, from: .client, maximumSize: session.link.maximumPacketSize)
    } catch {
      perform(session.unsendable(packet, error, at: now))
    }
  }

  private func flush(_ promise: EventLoopPromise<Void>? = nil) {
    commitJournal()
    guard outgoing.readableBytes > 0, let context else {
      promise?.succeed()
      return
    }
    // Writing may call back, when the network takes no more, and then there must be nothing left to write twice
    let bytes = outgoing
    outgoing = context.channel.allocator.buffer(capacity: 1024)
    context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
  }

  /// Sends the rest and the end of it, and waits for the broker to close as well: a full close with bytes unread would
  /// reset the connection, and the broker might never see our last packet.
  private func close() {
    guard let context else { return abort() }
    let written = eventLoop.makePromise(of: Void.self)
    hasUnwritten = true
    written.futureResult.assumeIsolated().whenSuccess {
      self.hasUnwritten = false
      self.session.written(at: self.now)
      self.schedule()
    }
    flush(written)
    context.close(mode: .output, promise: nil)
    context.read()
  }

  private func abort() {
    attempt += 1
    if let context {
      context.close(promise: nil)
      // TLS says goodbye and waits for an answer, for which nobody here waits
      ended(context, .closed(wasAccepted: false))
    } else {
      opening?.close(promise: nil)
      opening = nil
      perform(session.closed(.closed(wasAccepted: false), at: now))
    }
  }

  private func schedule() {
    guard let deadline = session.deadline else {
      timer?.task.cancel()
      timer = nil
      return
    }
    // A timer that fires too early costs less than one that is moved with each packet
    if let timer, timer.deadline <= deadline { return }
    timer?.task.cancel()
    let task = eventLoop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(UInt64(max(deadline, 0)))) {
      self.timer = nil
      self.perform(self.session.tick(at: self.now))
      self.settle()
    }
    timer = (deadline, task)
  }
}
