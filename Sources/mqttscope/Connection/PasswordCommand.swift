import Explorer
import Glibc

/// A program that knows the password, such as `pass show broker`: its first line of output is it.
enum PasswordCommand {
  /// Milliseconds of silence after which the wait is told.
  private static let patience: Int32 = 3_000

  /// Runs the program, which may ask the person at the terminal itself.
  static func run(_ command: String) throws(Failure) -> [UInt8] {
    let words: [String]
    do { words = try PasswordWords.split(command) } catch { throw .usage(error.description) }
    let program = words[0]
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failed(program, errno) }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let pid = try spawn(words, output: ends[1])
    var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, patience) == 0 { say("waiting for the password command \(program); Ctrl+C gives up") }
    let output = try InputFile.read(ends[0], named: "The output of \(program)", limit: 1 << 20)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      let end = status & 0x7f == 0 ? "ended with status \(status >> 8 & 0xff)" : "was ended by signal \(status & 0x7f)"
      throw .failed("The password command \(program) \(end); what it said of that, if anything, stands above.")
    }
    let line = PasswordWords.firstLine(output)
    guard !line.isEmpty else { throw .failed("The password command \(program) printed nothing on its first line.") }
    guard line.count <= 65_535 else { throw .failed("The password command \(program) printed more than 65535 bytes.") }
    return line
  }

  private static func spawn(_ words: [String], output: Int32) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      close(output)  // or its end would never be seen
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0], &actions, nil, arguments + [nil], environ)
    guard code == 0 else { throw failed(words[0], code) }
    return pid
  }

  private static func failed(_ program: String, _ code: Int32) -> Failure {
    .failed("The password command \(program) cannot be run: \(String(cString: strerror(code))).")
  }
}
