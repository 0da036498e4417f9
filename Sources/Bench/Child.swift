import Glibc

/// Another program, what it prints thrown away.
struct Child {
  private let process: pid_t

  /// Starts it, found by the search path and in the folders of system programs.
  ///
  /// - Parameter input: its standard input.
  init(_ program: String, _ arguments: [String] = [], input: Int32) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    for output in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
    }
    let path = ["/usr/sbin", "/usr/local/sbin"].map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 } ?? program
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, path, &actions, nil, &words, environ)
    guard failure == 0 else { throw ChildError(program: program, code: failure) }
    self.process = process
  }

  /// Waits until it ends by itself.
  func wait() {
    waitpid(process, nil, 0)
  }

  /// Ends it.
  func end() {
    kill(process, SIGTERM)
    wait()
  }
}

/// Why a program was not started.
struct ChildError: Error, CustomStringConvertible {
  let program: String
  let code: Int32

  var description: String {
    "The program \(program) could not be started: \(String(cString: strerror(code))); is it installed?"
  }
}
