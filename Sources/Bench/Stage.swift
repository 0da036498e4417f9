import Glibc

/// A pseudo-terminal in the place of standard input and output, with nobody looking.
struct Stage {
  private let saved: [Int32]
  private let audience: Child

  /// Opens the terminal; a child reads away what is written to it.
  init(columns: UInt16, rows: UInt16) throws {
    var (master, slave): (Int32, Int32) = (0, 0)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0 else { throw StageError.noTerminal(errno) }
    _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    audience = try Child("cat", input: master)
    close(master)
    fflush(nil)
    saved = [dup(STDIN_FILENO), dup(STDOUT_FILENO)]
    for descriptor in [STDIN_FILENO, STDOUT_FILENO] { dup2(slave, descriptor) }
    close(slave)
    setenv("TERM", "xterm-256color", 1)
  }

  /// Puts everything back.
  func leave() {
    for (descriptor, old) in zip([STDIN_FILENO, STDOUT_FILENO], saved) {
      dup2(old, descriptor)
      close(old)
    }
    audience.end()
  }
}

/// Why there is no stage.
enum StageError: Error, CustomStringConvertible {
  case noTerminal(Int32)

  var description: String {
    switch self {
    case .noTerminal(let code): "No pseudo-terminal could be opened: \(String(cString: strerror(code)))."
    }
  }
}
