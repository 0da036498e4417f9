import CNcurses
import Glibc

/// The terminal while a program that we started has it. As a shell does, we give the program's process group the keyboard
/// with its Ctrl+C, and put the settings back afterwards, which the program may have changed.
public struct TerminalLoan: ~Copyable {
  /// Negative where there is no terminal, or another program has it.
  private let descriptor: Int32
  private let settings: termios
  /// What the program had made of the settings when it was stopped.
  private var theirs: termios

  /// Gives a process group the terminal, if it is ours to give.
  public init(to group: pid_t) {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    var settings = termios()
    let isOurs = terminal >= 0 && tcgetpgrp(terminal) == getpgrp() && tcgetattr(terminal, &settings) == 0
    if terminal >= 0, !isOurs { close(terminal) }
    descriptor = isOurs ? terminal : -1
    self.settings = settings
    theirs = settings
    give(to: group)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes the terminal back as it was.
  public func takeBack() { take(settings) }

  /// The program was stopped. By Ctrl+Z: so are we, until somebody continues us, and then it goes on where it was. Or by
  /// asking for the terminal a moment before it had it.
  public mutating func stopped(_ group: pid_t, by signal: Int32) {
    if descriptor < 0 || ![SIGTTIN, SIGTTOU].contains(signal) {
      if descriptor >= 0 { tcgetattr(descriptor, &theirs) }
      takeBack()
      signals_stop()
      take(theirs)
    }
    give(to: group)
    kill(-group, SIGCONT)
  }

  private func give(to group: pid_t) {
    if descriptor >= 0 { tcsetpgrp(descriptor, group) }
  }

  private func take(_ settings: termios) {
    guard descriptor >= 0 else { return }
    let before = signal(SIGTTOU, SIG_IGN)  // or asking for the terminal would stop us, as it is not ours
    var settings = settings
    tcsetpgrp(descriptor, getpgrp())
    tcsetattr(descriptor, TCSANOW, &settings)
    signal(SIGTTOU, before)
  }
}
