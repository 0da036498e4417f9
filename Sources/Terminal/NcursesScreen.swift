/// The terminal: shows frames by ncurses, reads keys from the tty, and leaves everything as it was.
@MainActor public final class NcursesScreen {
  /// The descriptor to poll for input.
  public let inputDescriptor: Int32 = 0
  /// The terminal's size when last asked.
  public private(set) var size = Size(columns: 80, rows: 24)
  /// How many colours are used.
  public let depth: ColourDepth = .indexed
  /// The theme in use; another one is seen with the next frame.
  public var theme: Theme
  /// The terminal is gone: no key will come any more.
  public private(set) var hasEnded = false
  /// When `readKeys` is to be called even without input (monotonic ns): a lone escape becomes a key.
  public var keyDeadline: Int64? { nil }

  /// Takes the terminal over. The environment is TERM, COLORTERM, NO_COLOR; a depth given overrides them.
  public init(theme: Theme = .standard, mouse: Bool = true, depth: ColourDepth? = nil) throws(ScreenError) {
    self.theme = theme
  }

  /// Shows a frame; what did not change costs nothing.
  public func present(_ frame: Frame) {}

  /// The keys that came, without waiting.
  public func readKeys(at now: Int64) -> [Key] { [] }

  /// Asks for the terminal's size again, after SIGWINCH or when continued; the next frame is drawn whole.
  public func resize() {}

  /// Draws everything again with the next frame: something else wrote on the screen.
  public func redraw() {}

  /// Gives the terminal back for a while.
  public func suspend() {}

  /// Takes the terminal again.
  public func resume() {}

  /// Ctrl+Z: suspends, stops the process until it is continued, and resumes.
  public func stopProcess() {}

  /// Runs a program on the terminal (its name is found by PATH) and waits for it; its exit status.
  public func run(_ arguments: [String]) throws(ScreenError) -> Int32 { 0 }

  /// Puts bytes on the clipboard by OSC 52; false when the terminal surely cannot or they are too many (see `clipboardLimit`).
  public func copyToClipboard(_ bytes: [UInt8]) -> Bool { false }

  /// More bytes than this are not copied: terminals drop long sequences.
  public static let clipboardLimit = 75_000

  /// Gives the terminal back.
  public func close() {}
}
