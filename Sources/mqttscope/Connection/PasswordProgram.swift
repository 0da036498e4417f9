import Explorer
import Glibc
import Terminal

/// The program of a password command while it runs: in a process group of its own, so that it can be ended with all that
/// it has started, and with the terminal, as it may ask the person there.
struct PasswordProgram: ~Copyable {
  private let name: String
  private let pid: pid_t
  private let output: Int32
  private var loan: TerminalLoan
  private var isRunning = true

  /// A wait for the first line that is worth a word.
  private static let patience = Duration.seconds(3)
  /// A program may go on for so long after its first line, and tells by its status whether that was a password.
  private static let leave = Duration.seconds(1)
  private static let longestLine = 65_535

  /// Starts a program with its arguments.
  static func start(_ words: [String]) throws(Failure) -> PasswordProgram {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failed(words[0], errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    let (code, pid) = spawn(words, output: ends[1])
    close(ends[1])  // or its end would never be seen
    guard code == 0 else {
      close(ends[0])
      throw failed(words[0], code)
    }
    return PasswordProgram(words[0], pid, output: ends[0])
  }

  private init(_ name: String, _ pid: pid_t, output: Int32) {
    self.name = name
    self.pid = pid
    self.output = output
    loan = TerminalLoan()
    loan.give(to: pid)
  }

  deinit { close(output) }

  /// The first line of the output. The program has ended afterwards, or is ended, and the terminal is as it was.
  mutating func firstLine(_ wake: Wake) throws(Failure) -> [UInt8] {
    defer { end() }
    var text: [UInt8] = []
    var hasMore = true
    var lineSince: ContinuousClock.Instant?
    var patience: ContinuousClock.Instant? = .now + Self.patience
    while true {
      wait(wake, forOutput: hasMore)
      if let signal = Interruption.signal { throw .interrupted(signal: signal) }
      let status = reap()
      if hasMore { hasMore = read(into: &text) }
      if let status {
        try check(status)
        break
      }
      if lineSince == nil, !hasMore || text.contains(UInt8(ascii: "\n")) || text.count > Self.longestLine {
        lineSince = .now
      }
      if let lineSince, lineSince + Self.leave <= .now { break }
      if lineSince == nil, let time = patience, time <= .now {
        say("waiting for the password command \(name); Ctrl+C gives up")
        patience = nil
      }
    }
    return PasswordWords.firstLine(text)
  }

  private func wait(_ wake: Wake, forOutput: Bool) {
    var entries = [
      pollfd(fd: forOutput ? output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.fileDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&entries, 2, 20)  // the end of a program wakes nobody
  }

  /// Takes what there is, as much of it as a line may be long; whether there can be more.
  private func read(into text: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(output, &buffer, buffer.count)
      guard count > 0 else { return count < 0 && [EAGAIN, EINTR].contains(errno) }
      text += buffer.prefix(min(count, max(0, Self.longestLine + 2 - text.count)))
    }
  }

  /// The status of the program, once it has ended.
  private mutating func reap() -> Int32? {
    var status: Int32 = 0
    guard isRunning, waitpid(pid, &status, WNOHANG | WUNTRACED) == pid else { return nil }
    guard status & 0xff != 0x7f else {
      loan.stopped(pid, by: status >> 8 & 0xff)
      return nil
    }
    isRunning = false
    return status
  }

  private func check(_ status: Int32) throws(Failure) {
    let signal = status & 0x7f
    if signal == SIGINT { throw .interrupted(signal: SIGINT) }  // the person gave up
    guard status != 0 else { return }
    let end = signal == 0 ? "ended with status \(status >> 8 & 0xff)" : "was ended by signal \(signal)"
    throw .failed("The password command \(name) \(end); what it said of that, if anything, stands above.")
  }

  /// Ends the program with all that it has started, unless it has ended by itself.
  private mutating func end() {
    for signal in [SIGTERM, SIGKILL] where isRunning {
      kill(-pid, signal)
      kill(-pid, SIGCONT)  // a stopped one would not hear it
      let deadline = ContinuousClock.now + .milliseconds(500)
      while isRunning, .now < deadline {
        if waitpid(pid, nil, WNOHANG) == pid { isRunning = false } else { _ = poll(nil, 0, 5) }
      }
    }
    loan.takeBack()
  }

  private static func spawn(_ words: [String], output: Int32) -> (code: Int32, pid: pid_t) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)  // which we ignore
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0], &actions, &attributes, arguments + [nil], environ)
    return (code, pid)
  }

  private static func failed(_ program: String, _ code: Int32) -> Failure {
    .failed("The password command \(program) cannot be run: \(String(cString: strerror(code))).")
  }
}
