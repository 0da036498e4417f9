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
  let signals: Signals
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
  /// Password commands that run behind the screen.
  var passwordPrograms: [AwaitedPassword] = []
  /// Those that have been asked to end.
  var endingPrograms: [PasswordProgram] = []
  /// Brokers whose password command failed behind the screen: it gets the terminal the next time.
  var needTerminal: Set<BrokerID> = []
  var isChanged = true
  var isUrgent = true
  var isOver = false
  var lastFrame: Int64 = 0

  /// The broker has so long to take our goodbye.
  static let goodbye: Int64 = 500_000_000

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
