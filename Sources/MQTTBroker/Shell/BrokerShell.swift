import MQTT
import NIOCore

/// The shell around a `BrokerState`: channels, bytes and the clock, on one event loop.
///
/// What happens is told to the state; `settle` is the one place where anything is done about it. Packets pile up in the
/// handlers and leave in one write for each connection, however many messages a read brought.
final class BrokerShell {
  var state: BrokerState
  let eventLoop: any EventLoop

  /// Tells whoever runs the broker.
  let report: @Sendable (BrokerReport) -> Void
  /// Keeps what outlives the broker; nil if nothing does.
  let keeper: Keeper?
  var handlers: [BrokerHandler?] = []
  /// Places that may be used again, and those that may be when nothing is due to who had them.
  private var freePlaces: [Int] = []
  private var leftPlaces: [Int] = []
  var outputs: [BrokerState.Output] = []
  /// Handlers with something to send, or to close.
  private var unsettled: [BrokerHandler] = []
  private var isSettling = false
  private var isDue = false
  private var isRetainedSaid = false
  private var isQueueSaid = false
  var listeners: [any Channel] = []
  var timer: Scheduled<Void>?

  /// How often the state hears of the time: wills, expiries and keep alives are late by no more than this.
  private static let tick = TimeAmount.milliseconds(200)

  init(
    limits: BrokerLimits, access: Access, report: @escaping @Sendable (BrokerReport) -> Void, eventLoop: any EventLoop
  ) {
    self.eventLoop = eventLoop
    self.report = report
    keeper = nil
    let now = Int64(clamping: NIODeadline.now().uptimeNanoseconds)
    state = BrokerState(limits: limits, access: access, seed: .random(in: .min ... .max), at: now)
    tick()
  }

  /// A broker that goes on with what the keeper has.
  init(
    limits: BrokerLimits, access: Access, keeper: Keeper, report: @escaping @Sendable (BrokerReport) -> Void,
    eventLoop: any EventLoop
  ) throws {
    self.eventLoop = eventLoop
    self.report = report
    self.keeper = keeper
    let now = Int64(clamping: NIODeadline.now().uptimeNanoseconds)
    state = try keeper.restoredState(limits, access, at: now)
    tick()
  }

  /// The monotonic clock in nanoseconds.
  var now: Int64 { Int64(clamping: NIODeadline.now().uptimeNanoseconds) }

  /// A listener is open.
  func listening(on channel: any Channel) { listeners.append(channel) }

  /// A place for a connection that was made.
  func enter(_ handler: BrokerHandler) -> Int {
    let place = freePlaces.popLast() ?? handlers.count
    if place == handlers.count { handlers.append(handler) } else { handlers[place] = handler }
    state.opened(place, at: now)
    return place
  }

  /// A connection is gone.
  func leave(_ place: Int) {
    handlers[place] = nil
    state.closed(place, at: now)
    leftPlaces.append(place)
    settle()
  }

  /// Does what the state says, at once or, if it has to be kept first, behind all that can be read at this moment: that is
  /// one transaction for all of it.
  func settle() {
    guard keeper != nil else { return settleNow() }
    guard !isDue else { return }
    isDue = true
    eventLoop.assumeIsolated().execute { [weak self] in
      self?.isDue = false
      self?.settleNow()
    }
  }

  /// Does what the state says, until it has nothing more to say. A channel may call back while it is written to; what
  /// comes of that is done by the turn that is under way.
  func settleNow() {
    guard !isSettling else { return }
    isSettling = true
    defer { isSettling = false }
    while true {
      state.takeOutputs(into: &outputs)
      if outputs.isEmpty, unsettled.isEmpty { break }
      if let keeper, !outputs.isEmpty { keep(by: keeper) }
      for output in outputs { perform(output) }
      let handlers = unsettled
      unsettled.removeAll(keepingCapacity: true)
      for handler in handlers {
        state.statistics.bytesSent += handler.outgoing.readableBytes
        handler.settle()
        if handler.isWritable { state.sent(handler.place, at: now) }
      }
    }
    freePlaces += leftPlaces
    leftPlaces.removeAll(keepingCapacity: true)
  }

  private func tick() {
    state.tick(at: now)
    reportBounds()
    if let keeper { tick(keeper) }
    settle()
    timer = eventLoop.assumeIsolated().scheduleTask(in: Self.tick) { [weak self] in self?.tick() }
  }

  /// Says once which bounds were met.
  private func reportBounds() {
    if state.hasRefusedRetained, !isRetainedSaid {
      isRetainedSaid = true
      report(.retainedFull)
    }
    if let clientID = state.firstFull, !isQueueSaid {
      isQueueSaid = true
      report(.queueFull(clientID: String(decoding: clientID, as: UTF8.self)))
    }
  }

  private func perform(_ output: BrokerState.Output) {
    switch output {
    case .send(let packet, let place):
      guard let handler = handlers[place] else { return }
      state.statistics.packetsSent += 1
      handler.write(packet, version: state.version(of: place))
      note(handler)
    case .deliver(let copy, let place):
      guard let handler = handlers[place], !handler.isMuted else { return }
      state.statistics.packetsSent += 1
      state.statistics.publishBytesSent += copy.payloadSize
      copy.write(into: &handler.outgoing, version: state.version(of: place))
      note(handler)
    case .close(let place):
      guard let handler = handlers[place] else { return }
      handler.isClosing = true
      note(handler)
    }
  }

  func note(_ handler: BrokerHandler) {
    guard !handler.isNoted else { return }
    handler.isNoted = true
    unsettled.append(handler)
  }
}
