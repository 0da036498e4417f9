import Glibc
import MQTT
import MQTTClient
import NIOPosix
import Terminal

/// The explorer on a real terminal with real brokers: the one place where inputs are waited for and effects carried out.
///
/// Two threads. One event loop owns the sockets of all clients, each of which posts events to its own inbox; everything
/// else happens on the main actor, in a loop that waits in one `poll` for keys, signals, the inboxes (which share one
/// pipe to wake us), or the time of the next frame:
///
/// 1. Keys first, so that they are answered at any load.
/// 2. Then a slice of the inboxes, a few milliseconds in all, so that the next key waits no longer than that. The
///    brokers take turns, so that a flood from one does not hold up another.
/// 3. Then a frame, if something changed and the last one is long enough ago. A key does not wait for that.
///
/// Drawing on a clock, not on arrival, makes the cost of the screen independent of the message rate. While nothing
/// changes nothing is drawn, except once a second for the ages.
///
/// A flood cannot fill memory: an inbox is bounded in bytes and is emptied only when the slice before it is used up, so
/// when we fall behind it fills, then the socket is not read, and the broker queues or drops.
///
/// **Effects.** The model asks (`Effect`), and `perform` is the one switch that does: requests to the client, files, the
/// clipboard, other programs. While a program such as `$EDITOR` has the terminal the loop stands still, which the broker
/// sees as a slow reader.
///
/// **Ways out.** Quitting, a signal that asks for the end, and a terminal that is gone all set `isOver`, and the loop is
/// left by one door: the terminal is given back at once, then all brokers are told goodbye. A crash is the handler's in
/// `CNcurses`, which restores the terminal and nothing else.
@MainActor
public final class App {
  var workspace: Workspace
  let screen: NcursesScreen
  private let signals: Signals
  let wake: Wake
  let group: MultiThreadedEventLoopGroup
  /// The clients of the brokers that are open.
  var links: [Link] = []
  /// Clients that have been told to say goodbye.
  var leaving: [Link] = []
  /// Takes the lines of the log, if there is one.
  let log: (@Sendable (Int64, [String]) -> Void)?
  let state: PublishState?
  /// The draft and the past publishes have been read.
  var hasRestored = false
  let profiles: ProfileFile?
  let lastUsed: LastUsed?
  /// What each broker's client is made from.
  var targets: [BrokerID: Target] = [:]
  /// The client that only tries to connect.
  var trial: Link?
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
  static let goodbye: Int64 = 500_000_000
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
    let start = try Self.start(options)
    let wake = try AppError.screen { () throws(ScreenError) in try Wake() }
    let folders = Folders()
    let theme = try Self.theme(options.theme, searching: folders.themes)
    profiles = folders.configuration.map(ProfileFile.init(folder:))
    lastUsed = folders.state.map(LastUsed.init(folder:))
    workspace = Workspace(
      Self.shared(options, theme: theme), configuration: profiles?.path, at: Clock.now)
    screen = try AppError.screen { () throws(ScreenError) in
      try NcursesScreen(theme: theme, mouse: options.usesMouse)
    }
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    log = options.log
    self.wake = wake
    state = folders.state.map(PublishState.init(folder:))
    if options.givesTour { workspace.tour = Tour() }
    begin(start)
  }

  private static func start(_ options: Options) throws(AppError) -> Options.Start? {
    guard let prepare = options.prepare else { return options.start }
    do {
      return try prepare()
    } catch {
      throw .preparation("\(error)")
    }
  }

  private static func theme(_ name: String?, searching folders: [String]) throws(AppError) -> Theme {
    guard let name else { return .standard }
    do {
      return try Theme.named(name, searching: folders)
    } catch {
      throw .theme(error)
    }
  }

  private static func shared(_ options: Options, theme: Theme) -> Model.Settings {
    Model.Settings(
      address: "", clientID: "", tracesAll: options.log != nil, memoryLimit: options.memoryLimit,
      isReadOnly: options.isReadOnly, themes: Theme.names(searching: Folders().themes), themeName: theme.name)
  }
}

/// The loop.
extension App {
  private func loop() {
    defer { leave() }
    workspace.size = screen.size
    while !isOver {
      wait()
      takeKeys()
      takeSignals()
      takeEvents()
      drawIfDue()
    }
    keepDraft()
  }

  /// Gives the terminal back at once, and only then says goodbye to the brokers, which must not take us for a client that
  /// vanished and publish its will.
  private func leave() {
    screen.close()
    for link in links { link.leave(until: Clock.monotonic + Self.goodbye) }
    leaving += links
    while !leaving.isEmpty {
      var descriptor = pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, 50)
      wake.clear()
      takeGoodbyes()
    }
  }

  /// Lets go of the clients that have said goodbye, or had time enough to.
  private func takeGoodbyes() {
    leaving.removeAll { $0.hasLeft(at: Clock.now) }
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

  private var hasEvents: Bool { links.contains(where: \.hasEvents) }

  private var frameInterval: Int64 { hasEvents ? Self.busyFrameInterval : Self.frameInterval }

  private func takeKeys() {
    let keys = screen.readKeys(at: Clock.monotonic)
    if !keys.isEmpty {
      workspace.now = Clock.now
      isUrgent = true
      let notices = restorePublishes()
      for key in keys { perform(workspace.handle(key)) }
      for notice in notices { workspace.say(.warning, notice) }
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
      workspace.size = screen.size
    }
  }

  private func takeTrial() {
    trial?.collect()
    while let event = trial?.take() {
      workspace.receive(trial: event)
      isChanged = true
      if workspace.connections.trial?.isOver ?? true { endTrial() }
    }
  }

  private func takeEvents() {
    if !hasEvents { wake.clear() }
    takeGoodbyes()
    for link in links { link.collect() }
    if hasEvents || trial != nil { workspace.now = Clock.now }
    takeTrial()
    let end = Clock.monotonic + Self.slice
    while hasEvents, Clock.monotonic < end {
      for link in links {
        guard let event = link.take() else { continue }
        workspace.receive(event, from: link.id)
        isChanged = true
        if case .messages = event { continue }
        link.log?.take(event, at: workspace.now.wall, namesBroker: links.count > 1)
      }
    }
    for link in links where !link.hasEvents { link.log?.flush() }
  }

  private func drawIfDue() {
    let now = Clock.now
    let since = now.monotonic - lastFrame
    guard isUrgent || since >= (isChanged ? frameInterval : Self.idleInterval) else { return }
    workspace.refresh(at: now) { Clock.monotonic }
    screen.present(workspace.frame())
    lastFrame = now.monotonic
    isChanged = false
    isUrgent = workspace.isUnfinished
  }
}
