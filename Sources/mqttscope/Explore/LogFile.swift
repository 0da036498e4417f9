import Glibc
import Logging
import Terminal

/// The log of a session in a file: the terminal is taken.
struct LogFile: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.info
  private let descriptor: Int32

  /// Opens a file to add to, and gives what writes lines of one moment to it, each with the time.
  static func open(_ path: String) throws(Failure) -> @Sendable (Int64, [String]) -> Void {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .failed("The log \(path) cannot be written: \(String(cString: strerror(errno))).")
    }
    let logger = Logger(label: "mqttscope") { _ in LogFile(descriptor: descriptor) }
    return { time, lines in
      let stamp = Timestamp.text(nanoseconds: time)
      logger.info("\(lines.map { "\(stamp) \(Sanitiser.visible($0))\n" }.joined())")
    }
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    // One write for whole lines, so that those of two programs in one file stay whole. A full disk must not end the session.
    _ = Array("\(event.message)".utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
