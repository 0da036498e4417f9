import Glibc

/// The terminal while a program that we started has it. As a shell does, we give the program's process group the keyboard
/// with its Ctrl+C, and put the settings back afterwards, which the program may have changed. A shell above us may take
/// the terminal from both of us: then it is not ours to give until it is given to us again.
public struct TerminalLoan: ~Copyable {
  /// Negative where there is no terminal.
  private let descriptor: Int32
  private let group: pid_t
  /// Ours, once the terminal was given.
  private var settings: termios?
  /// What the program had made of the settings when it was stopped.
  private var theirs: termios?
  /// The program is stopped until it can have the terminal.
  private var isAwaited = false

  /// Gives a process group the terminal, if it is ours to give.
  public init(to group: pid_t) {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC)
    self.group = group
    _ = give()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes the terminal back as it was, if nobody else has taken it.
  public func takeBack() {
    guard var settings, tcgetpgrp(descriptor) == group else { return }
    let before = signal(SIGTTOU, SIG_IGN)  // or asking for the terminal would stop us, as it is not ours
    tcsetpgrp(descriptor, getpgrp())
    tcsetattr(descriptor, TCSANOW, &settings)
    signal(SIGTTOU, before)
  }

  /// Whether the program has other settings than we: it draws, or asks for something that is not shown.
  public var isChanged: Bool {
    var now = termios()
    guard let settings, tcgetattr(descriptor, &now) == 0 else { return false }
    return now.c_lflag != settings.c_lflag
  }

  /// The program was stopped. By asking for the terminal a moment before it had it: it goes on. Or by Ctrl+Z, or for want
  /// of a terminal that somebody else has: so are we, until somebody continues us.
  public mutating func stopped(by signal: Int32) {
    isAwaited = true
    if tcgetpgrp(descriptor) != group || ![SIGTTIN, SIGTTOU].contains(signal) {
      var now = termios()
      if tcgetpgrp(descriptor) == group, tcgetattr(descriptor, &now) == 0 { theirs = now }
      takeBack()
      Signals.stopProcess()
    }
    goOn()
  }

  /// Lets a program that was stopped go on where it was, once it can have the terminal; it may take a shell's `fg`.
  public mutating func goOn() {
    guard isAwaited, descriptor < 0 || give() else { return }
    isAwaited = false
    kill(-group, SIGCONT)
  }

  /// Whether the program has the terminal now.
  private mutating func give() -> Bool {
    guard descriptor >= 0 else { return false }
    let owner = tcgetpgrp(descriptor)
    guard owner == getpgrp() else { return owner == group }
    if settings == nil {
      var now = termios()
      guard tcgetattr(descriptor, &now) == 0 else { return false }
      settings = now
    }
    if var theirs { tcsetattr(descriptor, TCSANOW, &theirs) }
    return tcsetpgrp(descriptor, group) == 0
  }
}
