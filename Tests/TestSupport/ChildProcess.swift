import CVTerm
import Glibc

/// How a program ended.
package enum ExitStatus: Equatable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)

  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .killed(signal: signal)
  }
}

/// Where a child's standard input, output and error come from.
enum StandardStreams {
  /// All three are this terminal, which becomes the controlling one of a new session.
  case terminal(path: String)
  case descriptors(input: Int32, output: Int32, error: Int32)
}

/// A program started by `posix_spawn`, with default signals and no inherited descriptors; killed with its owner.
package final class ChildProcess {
  package let pid: pid_t
  private var status: ExitStatus?

  /// - Parameter program: a path, or a name that is looked up in PATH.
  init(
    _ program: String, _ arguments: [String], environment: [String: String], streams: StandardStreams
  ) throws(TestSupportError) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    Self.arrange(streams, &actions, &attributes)
    var pid: pid_t = 0
    let code = Self.withCStrings([program] + arguments) { argv in
      Self.withCStrings(environment.map { "\($0)=\($1)" }) { envp in
        posix_spawnp(&pid, program, &actions, &attributes, argv, envp)
      }
    }
    guard code == 0 else {
      let packages = ["openssl": "openssl", "node": "nodejs"]
      let package = program.hasPrefix("mosquitto_") ? "mosquitto-clients" : packages[program]
      let install = package.map { " (apt-get install \($0))" } ?? ""
      throw .system("cannot start \(program)\(install)", code)
    }
    self.pid = pid
  }

  deinit {
    guard reap() == nil else { return }
    kill(pid, SIGKILL)
    var ignored: Int32 = 0
    waitpid(pid, &ignored, 0)
  }

  /// Sends a signal unless the program has already ended.
  package func send(signal: Int32) {
    if reap() == nil { kill(pid, signal) }
  }

  /// How the program ended, or nil while it runs.
  package func reap() -> ExitStatus? {
    if let status { return status }
    var waitStatus: Int32 = 0
    if waitpid(pid, &waitStatus, WNOHANG) == pid { status = ExitStatus(waitStatus: waitStatus) }
    return status
  }

  /// Waits for the end of the program; a program that does not end in time is an error.
  package func waitForExit(within duration: Duration = .seconds(20)) throws(TestSupportError) -> ExitStatus {
    let deadline = Deadline(in: duration)
    while true {
      if let status = reap() { return status }
      if deadline.isPast { throw TestSupportError("the program (pid \(pid)) did not end within \(duration)") }
      poll(nil, 0, deadline.milliseconds(atMost: 5))
    }
  }

  private static func arrange(
    _ streams: StandardStreams, _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
  ) {
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    switch streams {
    case .terminal(let path):
      flags |= Int32(spawn_in_new_session)  // the session leader's first terminal becomes its controlling one
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    case .descriptors(let input, let output, let error):
      posix_spawn_file_actions_adddup2(&actions, input, 0)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, error, 2)
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}
