import Glibc

extension PasswordProgram {
  /// Starts a program; gives the ends of the pipes that it writes to.
  static func start(_ words: [String]) throws(ProfileError) -> (pid: pid_t, output: Int32, errors: Int32) {
    let output = try pipe(for: words[0])
    defer { close(output.writer) }  // or its end would never be seen
    let errors: (reader: Int32, writer: Int32)
    do {
      errors = try pipe(for: words[0])
    } catch {
      close(output.reader)
      throw error
    }
    defer { close(errors.writer) }
    let (code, pid) = spawn(words, output: output.writer, errors: errors.writer)
    guard code == 0 else {
      close(output.reader)
      close(errors.reader)
      throw failed(words[0], code)
    }
    return (pid, output.reader, errors.reader)
  }

  private static func pipe(for program: String) throws(ProfileError) -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw failed(program, errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private static func spawn(_ words: [String], output: Int32, errors: Int32) -> (code: Int32, pid: pid_t) {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var none = sigset_t()  // we have blocked some
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)  // which we ignore
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | newSession)
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0], &actions, &attributes, arguments + [nil], environment + [nil])
    return (code, pid)
  }

  /// `POSIX_SPAWN_SETSID`, which the headers show to GNU programs alone.
  private static let newSession: Int16 = 0x80

  /// Ours without the name of our terminal, by which the agent of GnuPG would ask there, below the screen.
  private static var environment: [UnsafeMutablePointer<CChar>?] {
    var entries: [UnsafeMutablePointer<CChar>?] = []
    var index = 0
    while let entry = environ[index] {
      if strncmp(entry, "GPG_TTY=", 8) != 0 { entries.append(entry) }
      index += 1
    }
    return entries
  }

  private static func failed(_ program: String, _ code: Int32) -> ProfileError {
    .password("The password command \(program) cannot be run: \(String(cString: strerror(code))).")
  }
}
