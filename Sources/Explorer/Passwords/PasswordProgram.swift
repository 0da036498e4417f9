import Glibc
import Terminal

/// The program of a password command while it runs.
///
/// It is ended with all that it has started, as it has a process group of its own. What it prints first is the password;
/// its status says whether it is one.
package final class PasswordProgram {
  package enum Place {
    /// Behind the screen, without a terminal: keyboard and screen stay ours. What it says on its standard error is told if
    /// it fails.
    case behindScreen
    /// At the terminal, where it may ask the person.
    case terminal
  }

  /// How it was told to end, and how long that may take.
  private enum End {
    case asked(until: Int64)
    case killed(until: Int64)
  }

  private let name: String
  private let pid: pid_t
  private let output: Int32
  private let errors: Int32?
  private var loan: TerminalLoan?
  private var text: [UInt8] = []
  private var said: [UInt8] = []
  private var hasOutput = true
  private var isRunning = true
  private var lineSince: Int64?
  private var end: End?

  /// It may go on for so long after its first line, and tells by its status whether that was a password.
  private static let afterLine: Int64 = 1_000_000_000
  /// It has so long to end when it is asked to, and when it is killed.
  private static let goodbye: Int64 = 500_000_000
  /// Its end wakes nobody, so it is looked for so often.
  package static let interval: Int64 = 20_000_000
  /// So much of what it says is kept: the end of it.
  private static let longestSaying = 1_024

  package init(_ words: [String], at place: Place) throws(ProfileError) {
    name = words[0]
    (pid, output, errors) = try Self.start(words, at: place)
    if place == .terminal { loan = TerminalLoan(to: pid) }
  }

  deinit {
    close(output)
    if let errors { close(errors) }
  }

  /// What tells by being readable that there is something to collect. What it says on its standard error can wait, or one
  /// that says something all the time would keep us busy.
  package var descriptors: [Int32] { hasOutput ? [output] : [] }

  /// Whether its first line is there.
  package var hasLine: Bool { lineSince != nil }

  /// Whether it seems to ask the person something, at the terminal.
  package var isAsking: Bool { loan?.isChanged ?? false }

  /// Waits for something to collect, or for this descriptor, but for an interval at most.
  package func wait(beside other: Int32) {
    var entries = (descriptors + [other]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = poll(&entries, nfds_t(entries.count), Int32(Self.interval / 1_000_000))
  }

  /// Takes in what it wrote; gives the password or why there is none, once that is known.
  package func collect(at now: Int64 = Clock.monotonic) -> Result<[UInt8], ProfileError>? {
    let status = reap()  // before the rest is read, which is then all of it
    if hasOutput { hasOutput = read(output) { text += $0.prefix(max(0, PasswordSource.limit + 2 - text.count)) } }
    if let errors { _ = read(errors) { said = (said + $0).suffix(Self.longestSaying) } }
    if let status { return Result { () throws(ProfileError) in try password(status) } }
    if lineSince == nil, !hasOutput || text.contains(.newline) || text.count > PasswordSource.limit { lineSince = now }
    guard let lineSince, lineSince + Self.afterLine <= now else { return nil }
    return Result { () throws(ProfileError) in try password(0) }
  }

  /// Asks it to end, with all that it has started.
  package func end(at now: Int64) {
    guard isRunning else { return }
    end = .asked(until: now + Self.goodbye)
    signal(SIGTERM)
  }

  /// Whether it has ended, which it is made to if it does not by itself in time. One that cannot be killed, such as one that
  /// `sudo` has started, is not waited for.
  package func isOver(at now: Int64) -> Bool {
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

  /// Ends it and waits for its end; the terminal is ours again.
  package func finish() {
    end(at: Clock.monotonic)
    while !isOver(at: Clock.monotonic) { _ = poll(nil, 0, 5) }
    loan?.takeBack()
  }

  private func signal(_ number: Int32) {
    guard isRunning else { return }
    kill(-pid, number)
    kill(-pid, SIGCONT)  // a stopped one would not hear it
  }

  /// Its status, once it has ended.
  private func reap() -> Int32? {
    loan?.goOn()
    var status: Int32 = 0
    guard isRunning, waitpid(pid, &status, WNOHANG | (loan == nil ? 0 : WUNTRACED)) == pid else { return nil }
    guard status & 0xff != 0x7f else {
      loan?.stopped(by: status >> 8 & 0xff)
      return nil
    }
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
    if signal == SIGINT { throw .passwordGivenUp }  // by Ctrl+C, in front of the program
    guard status == 0 else {
      let end = signal == 0 ? "ended with status \(status >> 8 & 0xff)" : "was ended by signal \(signal)"
      throw .password("The password command \(name) \(end).\(saying)")
    }
    return try PasswordSource.password(PasswordWords.firstLine(text), from: "The password command \(name)")
  }

  /// The last line that it said, which is the reason as a rule.
  private var saying: String {
    guard let line = said.split(separator: .newline).last else { return "" }
    return " It said: “\(String(decoding: line, as: UTF8.self))”."
  }
}
