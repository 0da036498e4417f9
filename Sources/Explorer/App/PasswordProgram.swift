import Glibc

/// The program of a profile's password command while it runs behind the screen.
///
/// It has a session of its own and so no terminal: keyboard and screen stay ours, and it is ended with all that it has
/// started. What it says on its standard error is told if it fails.
@MainActor
final class PasswordProgram {
  /// Whose password it is.
  enum Purpose: Equatable {
    case broker(BrokerID)
    case trial
  }

  /// How it was told to end, and how long that may take.
  private enum End {
    case asked(until: Int64)
    case killed(until: Int64)
  }

  let purpose: Purpose
  private let pid: pid_t
  private let output: Int32
  private let errors: Int32
  private var text: [UInt8] = []
  private var said: [UInt8] = []
  private var hasOutput = true
  private var hasErrors = true
  private var isRunning = true
  private var lineSince: Int64?
  private var end: End?

  /// It may go on for so long after its first line, and tells by its status whether that was a password.
  private static let afterLine: Int64 = 1_000_000_000
  /// It has so long to end when it is asked to, and when it is killed.
  private static let goodbye: Int64 = 500_000_000
  /// Its end wakes nobody, so it is looked for so often.
  static let interval: Int64 = 20_000_000
  /// So much of what it says is kept: the end of it.
  private static let longestSaying = 1_024

  init(_ command: String, for purpose: Purpose) throws(ProfileError) {
    let words = try PasswordWords.split(command)
    let (pid, output, errors) = try Self.start(words)
    (self.purpose, self.pid, self.output, self.errors) = (purpose, pid, output, errors)
  }

  deinit {
    close(output)
    close(errors)
  }

  /// What tells by being readable that there is something to collect. What it says on its standard error can wait, or one
  /// that says something all the time would keep us busy.
  var descriptors: [Int32] { hasOutput ? [output] : [] }

  /// Takes in what it wrote; gives the password or why there is none, once that is known.
  func collect(at now: Int64) -> Result<[UInt8], ProfileError>? {
    let status = reap()  // before the rest is read, which is then all of it
    if hasOutput { hasOutput = read(output) { text += $0.prefix(max(0, PasswordSource.limit + 2 - text.count)) } }
    if hasErrors { hasErrors = read(errors) { said = (said + $0).suffix(Self.longestSaying) } }
    if let status { return Result { () throws(ProfileError) in try password(status) } }
    if lineSince == nil, !hasOutput || text.contains(.newline) || text.count > PasswordSource.limit { lineSince = now }
    guard let lineSince, lineSince + Self.afterLine <= now else { return nil }
    return Result { () throws(ProfileError) in try password(0) }
  }

  /// Asks it to end, with all that it has started.
  func end(at now: Int64) {
    guard isRunning else { return }
    end = .asked(until: now + Self.goodbye)
    signal(SIGTERM)
  }

  /// Whether it has ended, which it is made to if it does not by itself in time. One that cannot be killed, such as one that
  /// `sudo` has started, is not waited for.
  func isOver(at now: Int64) -> Bool {
    _ = reap()
    switch end {
    case .asked(let time) where now >= time:
      signal(SIGKILL)
      end = .killed(until: now + Self.goodbye)
    case .killed(let time) where now >= time: return true
    default: break
    }
    return !isRunning
  }

  private func signal(_ number: Int32) {
    guard isRunning else { return }
    kill(-pid, number)
    kill(-pid, SIGCONT)  // a stopped one would not hear it
  }

  /// Its status, once it has ended.
  private func reap() -> Int32? {
    var status: Int32 = 0
    guard isRunning, waitpid(pid, &status, WNOHANG) == pid else { return nil }
    isRunning = false
    if end != nil { kill(-pid, SIGKILL) }  // what it has started and does not end when asked
    return status
  }

  /// Reads what there is, but not for ever; whether there can be more.
  private func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<16 {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count < 0 && [EAGAIN, EINTR].contains(errno) }
      take(buffer[..<count])
    }
    return true
  }

  private func password(_ status: Int32) throws(ProfileError) -> [UInt8] {
    let signal = status & 0x7f
    guard status == 0 else {
      let end = signal == 0 ? "ended with status \(status >> 8 & 0xff)" : "was ended by signal \(signal)"
      throw .password("The password command \(end).\(saying)")
    }
    return try PasswordSource.password(PasswordWords.firstLine(text), from: "The password command")
  }

  /// The last line that it said, which is the reason as a rule.
  private var saying: String {
    guard let line = said.split(separator: .newline).last else { return "" }
    return " It said: “\(String(decoding: line, as: UTF8.self))”."
  }
}
