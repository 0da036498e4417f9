import Glibc

extension PasswordProgram {
  /// A program that has been started, and the ends of the pipes that it writes to.
  typealias Started = (pid: pid_t, output: Int32, errors: Int32?)

  static func start(_ words: [String], at place: Place) throws(ProfileError) -> Started {
    let output = try pipe(for: words[0])
    defer { close(output.writer) }  // or its end would never be seen
    var errors: (reader: Int32, writer: Int32)?
    defer { if let errors { close(errors.writer) } }
    do {
      if place == .behindScreen { errors = try pipe(for: words[0]) }
      return (try spawn(words, at: place, output: output.writer, errors: errors?.writer), output.reader, errors?.reader)
    } catch {
      close(output.reader)
      if let errors { close(errors.reader) }
      throw error
    }
  }

  private static func pipe(for program: String) throws(ProfileError) -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw failed(program, errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private static func spawn(
    _ words: [String], at place: Place, output: Int32, errors: Int32?
  ) throws(ProfileError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if place == .behindScreen || isatty(STDIN_FILENO) == 0 {  // what is piped into us is not for a command to read
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    var none = sigset_t()  // we may have blocked some
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)  // which we ignore
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = place == .behindScreen ? newSession : Int16(POSIX_SPAWN_SETPGROUP)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | group)
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0], &actions, &attributes, arguments + [nil], environment(at: place) + [nil])
    guard code == 0 else { throw failed(words[0], code) }
    return pid
  }

  /// `POSIX_SPAWN_SETSID`, which the headers show to GNU programs alone.
  private static let newSession: Int16 = 0x80

  /// Ours; behind the screen without the name of our terminal, by which the agent of GnuPG would ask there.
  private static func environment(at place: Place) -> [UnsafeMutablePointer<CChar>?] {
    var entries: [UnsafeMutablePointer<CChar>?] = []
    var index = 0
    while let entry = environ[index] {
      if place == .terminal || strncmp(entry, "GPG_TTY=", 8) != 0 { entries.append(entry) }
      index += 1
    }
    return entries
  }

  private static func failed(_ program: String, _ code: Int32) -> ProfileError {
    .password("The password command \(program) cannot be run: \(String(cString: strerror(code))).")
  }
}
