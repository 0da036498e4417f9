import CVTerm
import Glibc

/// The size of a terminal in cells.
package struct TerminalSize: Equatable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// The line discipline's settings, to prove that a program left them as it found them.
package struct TerminalModes: Equatable, Sendable {
  private let flags: [tcflag_t]
  private let controlCharacters: [UInt8]

  init(_ settings: termios) {
    flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    controlCharacters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
  }

  /// Whether typed characters are shown by the terminal itself.
  package var echoes: Bool { flags[3] & tcflag_t(ECHO) != 0 }

  /// Whether input waits for the end of a line.
  package var isLineByLine: Bool { flags[3] & tcflag_t(ICANON) != 0 }
}

/// A pseudo-terminal pair and the program that has its far end as controlling terminal.
package final class PseudoTerminal {
  package let process: ChildProcess
  /// The settings before the program was started.
  package let initialModes: TerminalModes
  private let near: Descriptor
  private let far: Descriptor  // kept open: the settings outlive the program, as in a real terminal

  package init(
    _ program: String, _ arguments: [String] = [], size: TerminalSize = TerminalSize(columns: 80, rows: 24),
    environment: [String: String] = TestEnvironment.inherited()
  ) throws(TestSupportError) {
    near = Descriptor(try TestSupportError.check(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt"))
    _ = try TestSupportError.check(grantpt(near.number), "grantpt")
    _ = try TestSupportError.check(unlockpt(near.number), "unlockpt")
    var name = [CChar](repeating: 0, count: 128)
    guard ptsname_r(near.number, &name, name.count) == 0 else { throw .system("ptsname_r") }
    let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    far = Descriptor(try TestSupportError.check(open(path, O_RDWR | O_NOCTTY | O_CLOEXEC), "open \(path)"))
    try Self.setSize(size, of: near)
    try near.makeNonBlocking()
    initialModes = try Self.modes(of: near)
    process = try ChildProcess(program, arguments, environment: environment, streams: .terminal(path: path))
  }

  /// The settings now.
  package var modes: TerminalModes {
    get throws(TestSupportError) { try Self.modes(of: near) }
  }

  /// Changes the size; the kernel tells the program by SIGWINCH.
  package func resize(to size: TerminalSize) throws(TestSupportError) {
    try Self.setSize(size, of: near)
  }

  /// What the program has written, waiting at most so long for the first byte.
  package func read(milliseconds: Int32) throws(TestSupportError) -> [UInt8] {
    guard near.wait(for: Int32(POLLIN), milliseconds: milliseconds) else { return [] }
    return try near.readAvailable() ?? []
  }

  /// Gives the program as many of these bytes as its terminal takes now, and returns the rest.
  package func write(_ bytes: ArraySlice<UInt8>) throws(TestSupportError) -> ArraySlice<UInt8> {
    try near.writeAvailable(bytes) ?? []
  }

  /// Takes the terminal away, as a lost connection does: the program gets SIGHUP.
  package func hangUp() {
    far.close()
    near.close()
  }

  private static func modes(of terminal: Descriptor) throws(TestSupportError) -> TerminalModes {
    var settings = termios()
    _ = try TestSupportError.check(tcgetattr(terminal.number, &settings), "tcgetattr")
    return TerminalModes(settings)
  }

  private static func setSize(_ size: TerminalSize, of terminal: Descriptor) throws(TestSupportError) {
    var cells = winsize(
      ws_row: UInt16(clamping: size.rows), ws_col: UInt16(clamping: size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = try TestSupportError.check(ioctl(terminal.number, UInt(TIOCSWINSZ), &cells), "ioctl TIOCSWINSZ")
  }
}
