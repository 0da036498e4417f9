import Glibc
import MQTT
import MQTTClient
import NIOPosix
import Terminal

/// The explorer on a real terminal with a real broker: the one place where inputs are waited for and effects carried out.
///
/// Two threads. The client's event loop owns the socket and posts events to the inbox; everything else happens on the
/// main actor, in a loop that waits in one `poll` for keys, signals, the inbox, or the time of the next frame:
///
/// 1. Keys first, so that they are answered at any load.
/// 2. Then a slice of the inbox, a few milliseconds of it, so that the next key waits no longer than that.
/// 3. Then a frame, if something changed and the last one is long enough ago. A key does not wait for that.
///
/// Drawing on a clock, not on arrival, makes the cost of the screen independent of the message rate. While nothing
/// changes nothing is drawn, except once a second for the ages.
///
/// A flood cannot fill memory: the inbox is bounded in bytes and is emptied only when the slice before it is used up, so
/// when we fall behind it fills, then the socket is not read, and the broker queues or drops.
///
/// **Effects.** The model asks (`Effect`), and `perform` is the one switch that does: requests to the client, files, the
/// clipboard, other programs. While a program such as `$EDITOR` has the terminal the loop stands still, which the broker
/// sees as a slow reader.
///
/// **Ways out.** Quitting, a signal that asks for the end, and a terminal that is gone all set `isOver`, and the loop is
/// left by one door: the terminal is given back at once, then the broker is told goodbye. A crash is the handler's in
/// `CNcurses`, which restores the terminal and nothing else.
@MainActor
public final class App {
  var model: Model
  let screen: NcursesScreen
  private let signals: Signals
  private let wake: Wake
  private let inbox: Inbox
  let client: Client
  private var journal: Journal?
  let state: PublishState?
  private var pending: [Event] = []
  private var pendingIndex = 0
  private var isChanged = true
  private var isUrgent = true
  var isOver = false
  private var lastFrame: Int64 = 0

  /// Between two frames at least so long passes, in nanoseconds.
  private static let frameInterval: Int64 = 16_000_000
  /// The same while messages arrive faster than they are taken in.
  private static let busyFrameInterval: Int64 = 30_000_000
  /// A slice of the inbox takes so long at most.
  private static let slice: Int64 = 4_000_000
  /// The broker has so long to take our goodbye.
  private static let goodbye: Int64 = 500_000_000
  /// A screen on which nothing happens is drawn so often, for its ages.
  private static let idleInterval: Int64 = 1_000_000_000

  /// Explores until the person quits, or a signal ends it; the terminal is restored on every way out.
  public static func run(_ options: Options) throws(AppError) {
    let app = try App(options)
    app.loop()
  }

  private init(_ options: Options) throws(AppError) {
    // Before any other thread starts, so that all of them block the signals.
    signals = try AppError.screen { () throws(ScreenError) in try Signals() }
    let wake = try AppError.screen { () throws(ScreenError) in try Wake() }
    let folders = Folders()
    let theme = try Self.theme(options.theme, searching: folders.themes)
    let state = folders.state.map(PublishState.init(folder:))
    let found = state?.load() ?? PublishState.Found()
    model = Model(Self.settings(options, theme: theme, found: found))
    model.now = Clock.now
    for notice in found.notices { model.say(.warning, notice) }
    screen = try AppError.screen { () throws(ScreenError) in
      try NcursesScreen(theme: theme, mouse: options.usesMouse)
    }
    inbox = Inbox { wake.signal() }
    client = Client(options.configuration, inbox: inbox, on: MultiThreadedEventLoopGroup(numberOfThreads: 1))
    journal = options.log.map(Journal.init)
    self.wake = wake
    self.state = state
  }

  private static func theme(_ name: String?, searching folders: [String]) throws(AppError) -> Theme {
    guard let name else { return .standard }
    do {
      return try Theme.named(name, searching: folders)
    } catch {
      throw .theme(error)
    }
  }

  private static func settings(_ options: Options, theme: Theme, found: PublishState.Found) -> Model.Settings {
    Model.Settings(
      address: options.address, clientID: options.configuration.clientID,
      subscriptions: options.configuration.subscriptions, asked: AskedTerms(options.configuration),
      tracesAll: options.log != nil, memoryLimit: options.memoryLimit,
      isReadOnly: options.isReadOnly, themes: Theme.names(searching: Folders().themes), themeName: theme.name,
      past: found.history, draft: found.draft)
  }
}

/// The loop.
extension App {
  private func loop() {
    defer { leave() }
    model.size = screen.size
    client.perform(.trace(journal == nil ? .ours : .everything))
    client.start()
    while !isOver {
      wait()
      takeKeys()
      takeSignals()
      takeEvents()
      drawIfDue()
    }
    keepDraft()
  }

  /// Gives the terminal back at once, and only then says goodbye to the broker, which must not take us for a client that
  /// vanished and publish its will.
  private func leave() {
    screen.close()
    client.perform(.disconnect(.success, []))
    let end = Clock.monotonic + Self.goodbye
    while !pending.contains(where: \.isDisconnected), Clock.monotonic < end {
      var descriptor = pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, 50)
      wake.clear()
      pending.removeAll()
      inbox.take(into: &pending)
    }
  }

  private func wait() {
    var descriptors = [screen.inputDescriptor, signals.fileDescriptor, wake.fileDescriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let left = max(0, nextWork - Clock.monotonic)
    _ = poll(&descriptors, nfds_t(descriptors.count), Int32((left + 999_999) / 1_000_000))
  }

  /// When there is something to do even if nothing comes in.
  private var nextWork: Int64 {
    if hasEvents { return 0 }
    var time = lastFrame + (isChanged ? frameInterval : Self.idleInterval)
    if isUrgent { time = 0 }
    if let deadline = screen.keyDeadline { time = min(time, deadline) }
    return time
  }

  private var hasEvents: Bool { pendingIndex < pending.count }

  private var frameInterval: Int64 { hasEvents ? Self.busyFrameInterval : Self.frameInterval }

  private func takeKeys() {
    for key in screen.readKeys(at: Clock.monotonic) {
      perform(model.handle(key))
      isUrgent = true
    }
    if screen.hasEnded { isOver = true }
  }

  private func takeSignals() {
    for signal in signals.read() {
      isUrgent = true
      switch signal {
      case .windowChanged, .continued: screen.resize()
      case .terminate, .hangUp, .interrupt: isOver = true
      case .stop: screen.stopProcess()
      }
      model.size = screen.size
    }
  }

  private func takeEvents() {
    if !hasEvents {
      pending.removeAll(keepingCapacity: true)
      pendingIndex = 0
      wake.clear()
      inbox.take(into: &pending)
    }
    let end = Clock.monotonic + Self.slice
    while hasEvents, Clock.monotonic < end {
      let event = pending[pendingIndex]
      pendingIndex += 1
      model.receive(event)
      isChanged = true
      if case .messages = event { continue }
      journal?.take(event, at: Clock.now.wall)
    }
  }

  private func drawIfDue() {
    let now = Clock.now
    let since = now.monotonic - lastFrame
    guard isUrgent || since >= (isChanged ? frameInterval : Self.idleInterval) else { return }
    model.refresh(at: now) { Clock.monotonic }
    screen.present(model.frame())
    lastFrame = now.monotonic
    isChanged = false
    isUrgent = model.isUnfinished
  }
}

extension Event {
  fileprivate var isDisconnected: Bool { if case .disconnected = self { true } else { false } }
}
