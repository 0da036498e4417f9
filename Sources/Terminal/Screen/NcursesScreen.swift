import CNcurses
import FoundationEssentials
import Glibc

/// The terminal: shows frames by ncurses, reads keys from the tty, and leaves everything as it was.
///
/// ncurses is used for output alone (one window, one `doupdate` a frame); the bytes of the keyboard are read past it
/// and go through `KeyParser`. The terminal is raw: Ctrl+C, Ctrl+Z and Ctrl+S come as keys. It is restored by `close`,
/// by `suspend`, at `exit`, and by a signal handler when the program crashes; signals that ask the program to end are
/// the caller's (see `Signals`).
@MainActor public final class NcursesScreen {
  /// The descriptor to poll for input.
  public let inputDescriptor: Int32
  /// The terminal's size when last asked.
  public private(set) var size = Size(columns: 0, rows: 0)
  /// How many colours are used.
  public let depth: ColourDepth
  /// The theme in use; another one is seen with the next frame.
  public var theme: Theme {
    didSet {
      painter = Painter(theme: theme, depth: depth, glyphs: glyphs)
      shown = nil
    }
  }
  /// The terminal is gone: no key will come any more.
  public private(set) var hasEnded = false
  /// When `readKeys` is to be called even without input (monotonic ns): a lone escape becomes a key.
  public var keyDeadline: Int64? { parser.deadline }

  private let glyphs: Glyphs
  private let modes: TerminalModes
  private let screen: OpaquePointer
  private var window: UnsafeMutablePointer<WINDOW>?
  private var painter: Painter
  private var parser = KeyParser()
  private var input = [UInt8](repeating: 0, count: 65_536)
  private var state = State.shown
  /// What the terminal shows; nil when that is not known.
  private var shown: Frame?

  /// Whose the terminal is.
  private enum State {
    case shown, suspended, closed
  }

  /// Takes the terminal over. The environment is TERM, COLORTERM, NO_COLOR and the locale; a depth given overrides the
  /// former.
  public init(theme: Theme = .standard, mouse: Bool = true, depth wanted: ColourDepth? = nil) throws(ScreenError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNotATerminal }
    guard Charset.current != .none else { throw .noUTF8Locale }
    let kind = try TerminalKind(
      term: Environment["TERM"], colorterm: Environment["COLORTERM"], noColor: Environment["NO_COLOR"],
      wanted: wanted, describe: NcursesScreen.describe)
    inputDescriptor = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDONLY | O_CLOEXEC)
    guard inputDescriptor >= 0 else { throw .inputIsNotATerminal }
    modes = TerminalModes(mouse: mouse, term: kind.name)
    terminal_guard(modes.leaving, modes.leaving.count)
    guard let screen = terminal_open(kind.name, inputDescriptor) else {
      terminal_unguard()
      throw .notStarted(kind.name)
    }
    self.screen = screen
    self.theme = theme
    depth = kind.depth
    glyphs = Charset.current == .utf8 ? kind.name.hasPrefix("linux") ? .console : .all : .ascii
    if depth != .monochrome { terminal_start_colours() }
    painter = Painter(theme: theme, depth: depth, glyphs: glyphs)
    modes.guardWithDescription()
    send(modes.entering)
    resize()
  }

  /// Shows a frame; rows that did not change cost next to nothing.
  public func present(_ frame: Frame) {
    guard state == .shown, let window, frame != shown else { return }
    // A row with marks says nothing without the side table, so the rows can only be compared when that is equal.
    let known = shown.flatMap { $0.size == frame.size && $0.marks == frame.marks ? $0 : nil }
    let changed = (0..<size.rows).filter { row in known.map { !frame.hasEqualRow(row, as: $0) } ?? true }
    for row in changed { painter.paint(frame, row: row, columns: size.columns, into: window) }
    if let known, frame.hasMovedRow(among: changed, since: known) {
      // ncurses would scroll the whole width of the terminal, and the pane beside the list would be seen to jump.
      for row in changed { wredrawln(window, Int32(row), 1) }
    }
    shown = frame
    if let cursor = frame.cursor, Rect(size).contains(cursor) {
      wmove(window, Int32(cursor.row), Int32(cursor.column))
      curs_set(1)
    } else {
      curs_set(0)
    }
    wnoutrefresh(window)
    doupdate()
  }

  /// The keys that came, without waiting; with a deadline that has passed, what it decides.
  public func readKeys(at now: Int64) -> [Key] {
    guard state == .shown else { return [] }
    var keys = parser.flush(at: now)
    while !hasEnded {
      let count = terminal_read(inputDescriptor, &input, input.count)
      guard count != 0 else { break }
      hasEnded = count < 0
      keys += parser.feed(input.prefix(max(0, count)), at: now)
    }
    return keys
  }

  /// Asks for the terminal's size again, after SIGWINCH or when continued; the next frame is drawn whole.
  public func resize() {
    guard state == .shown else { return }
    var columns: Int32 = 0
    var rows: Int32 = 0
    if terminal_size(&columns, &rows) { resizeterm(min(rows, 1000), min(columns, 1000)) }
    if let window { delwin(window) }
    window = newwin(0, 0, 0, 0)
    size = Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    redraw()
  }

  /// Draws everything again with the next frame: something else wrote on the screen.
  public func redraw() {
    shown = nil
    if let window { clearok(window, true) }
  }

  /// Gives the terminal back for a while.
  public func suspend() {
    guard state == .shown else { return }
    state = .suspended
    send(modes.leaving)
    endwin()
    send(modes.showingCursor)
    terminal_unguard()
  }

  /// Takes the terminal again.
  public func resume() {
    guard state == .suspended else { return }
    state = .shown
    modes.guardWithDescription()
    reset_prog_mode()
    doupdate()  // what endwin left is taken up again here
    send(modes.entering)
    parser = KeyParser()
    resize()
  }

  /// Ctrl+Z: suspends, stops the process until it is continued, and resumes.
  public func stopProcess() {
    guard state == .shown else { return }
    suspend()
    Signals.stopProcess()
    resume()
  }

  /// Writes a line below the others while the terminal is given back.
  public func tell(_ words: String) {
    if state == .suspended { send(Array("\(Sanitiser.visible(words))\n".utf8)) }
  }

  /// Runs a program on the terminal (its name is found by PATH) and waits for it; its exit status.
  public func run(_ arguments: [String]) throws(ScreenError) -> Int32 {
    guard let program = arguments.first else { return 0 }
    suspend()
    defer { resume() }
    var pointers = arguments.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    pointers.append(nil)
    let status = signals_run(pointers)
    guard status >= 0 else { throw .programNotStarted(program, reason: String(cString: strerror(errno))) }
    return status
  }

  /// Puts bytes on the clipboard by OSC 52; false when the terminal cannot or they are more than `clipboardLimit`.
  public func copyToClipboard(_ bytes: [UInt8]) -> Bool {
    guard state == .shown, bytes.count <= NcursesScreen.clipboardLimit, modes.hasClipboard else { return false }
    return send(Array("\u{1B}]52;c;".utf8) + Data(bytes).base64EncodedData() + [0x07])
  }

  /// More bytes than this are not copied: terminals drop long sequences.
  public nonisolated static let clipboardLimit = 75_000

  /// Gives the terminal back for good.
  public func close() {
    guard state != .closed else { return }
    suspend()
    state = .closed
    if let window { delwin(window) }
    window = nil
    delscreen(screen)
  }

  @discardableResult private func send(_ bytes: [UInt8]) -> Bool {
    terminal_write(bytes, bytes.count)
  }

  private static func describe(_ name: String) -> TerminalKind.Description {
    switch terminal_describe(name) {
    case Int32(TERMINAL_USABLE.rawValue): .usable(colours: Int(terminal_described_colours()))
    case Int32(TERMINAL_CANNOT_MOVE.rawValue): .cannotMove
    default: .unknown
    }
  }
}
