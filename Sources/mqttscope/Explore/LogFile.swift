import Glibc
import Logging
import Synchronization
import Terminal

/// The log of a session in a file: the terminal is taken.
struct LogFile: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.info
  private let descriptor: Int32
  private let outcome: Outcome

  /// How writing went so far.
  final class Outcome: Sendable {
    private let path: String
    fileprivate let code = Atomic<Int32>(0)

    fileprivate init(_ path: String) { self.path = path }

    /// Why lines are missing, if some are.
    var failure: Failure? {
      let code = code.load(ordering: .relaxed)
      return code == 0
        ? nil : .failed("Lines of the log \(path) could not be written: \(String(cString: strerror(code))).")
    }
  }

  /// Opens a file to add to, and gives what writes lines of one moment to it, each with the time, and how that went.
  static func open(
    _ path: String
  ) throws(Failure) -> (write: @Sendable (Int64, [String]) -> Void, outcome: Outcome) {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .failed("The log \(path) cannot be written: \(String(cString: strerror(errno))).")
    }
    let outcome = Outcome(path)
    let logger = Logger(label: "mqttscope") { _ in LogFile(descriptor: descriptor, outcome: outcome) }
    let write: @Sendable (Int64, [String]) -> Void = { time, lines in
      let stamp = Timestamp.text(nanoseconds: time)
      logger.info("\(lines.map { "\(stamp) \(Sanitiser.visible($0))\n" }.joined())")
    }
    return (write, outcome)
  }

  private init(descriptor: Int32, outcome: Outcome) {
    self.descriptor = descriptor
    self.outcome = outcome
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    // One write for whole lines, so that those of two programs in one file stay whole. A full disk must not end the session.
    let bytes = Array("\(event.message)".utf8)
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written < bytes.count { outcome.code.store(written < 0 ? errno : ENOSPC, ordering: .relaxed) }
  }
}
