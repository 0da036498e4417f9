/// Why there is no screen to draw on, as a sentence to act on.
public enum ScreenError: Error, Equatable, CustomStringConvertible {
  /// Standard output goes to a file or a pipe.
  case outputIsNotATerminal
  /// There is no keyboard to read.
  case inputIsNotATerminal
  /// TERM is not set.
  case terminalNotNamed
  /// TERM names a terminal that the system does not know.
  case terminalUnknown(String)
  /// TERM names a terminal that cannot place its cursor.
  case terminalTooSimple(String)
  /// No locale of the system is UTF-8.
  case noUTF8Locale
  /// ncurses did not say why.
  case notStarted(String)
  /// A program could not be run.
  case programNotStarted(String, reason: String)
  /// The kernel gave no descriptor to wait for signals or other threads with.
  case noDescriptor(reason: String)

  /// A sentence to act on.
  public var description: String {
    switch self {
    case .outputIsNotATerminal:
      "Standard output is not a terminal, so there is no screen to draw on; run it in a terminal, "
        + "or use the subscribe command to print messages."
    case .inputIsNotATerminal:
      "Standard input is not a terminal and there is no /dev/tty, so no key can be read; run it in a terminal."
    case .terminalNotNamed:
      "TERM is not set, so the terminal's kind is not known; try TERM=xterm-256color."
    case .terminalUnknown(let name):
      "This system does not know a terminal named \"\(name)\"; try TERM=xterm-256color, or install ncurses-term."
    case .terminalTooSimple(let name):
      "The terminal \"\(name)\" cannot place its cursor; try TERM=xterm-256color, "
        + "or use the subscribe command to print messages."
    case .noUTF8Locale:
      "No locale of this system is UTF-8, so characters cannot be measured; set LANG=C.UTF-8 or install a UTF-8 locale."
    case .notStarted(let name):
      "The terminal \"\(name)\" could not be opened; try TERM=xterm-256color."
    case .programNotStarted(let program, let reason):
      "\(program) could not be run: \(reason)."
    case .noDescriptor(let reason):
      "The system gave no file descriptor: \(reason)."
    }
  }
}
