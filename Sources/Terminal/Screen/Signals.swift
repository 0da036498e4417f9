import CNcurses
import Glibc

/// The signals that a program with a screen lives with, read from a descriptor between other events.
///
/// They are blocked for the calling thread and those it starts, so make this before any other thread.
public final class Signals: Sendable {
  /// A signal by its meaning.
  public enum Signal: Sendable, Hashable {
    /// SIGWINCH: the window has another size.
    case windowChanged
    /// SIGTERM: end in order.
    case terminate
    /// SIGHUP: the terminal is gone.
    case hangUp
    /// SIGINT: Ctrl+C, when it comes as a signal.
    case interrupt
    /// SIGTSTP: Ctrl+Z, when it comes as a signal.
    case stop
    /// SIGCONT: back in the foreground.
    case continued
  }

  /// Becomes readable when a signal came.
  public let fileDescriptor: Int32

  /// Blocks the signals and opens the descriptor.
  public init() throws(ScreenError) {
    fileDescriptor = signals_open()
    guard fileDescriptor >= 0 else { throw .noDescriptor(reason: String(cString: strerror(errno))) }
  }

  deinit {
    close(fileDescriptor)
  }

  /// Stops this process as the terminal's Ctrl+Z would; returns when it is continued, or at once where no shell could.
  public static func stopProcess() { signals_stop() }

  /// The signals that came since the last call, without waiting.
  public func read() -> [Signal] {
    var came: [Signal] = []
    while true {
      switch signals_next(fileDescriptor) {
      case SIGWINCH: came.append(.windowChanged)
      case SIGTERM: came.append(.terminate)
      case SIGHUP: came.append(.hangUp)
      case SIGINT: came.append(.interrupt)
      case SIGTSTP: came.append(.stop)
      case SIGCONT: came.append(.continued)
      case 0: return came
      default: continue
      }
    }
  }
}
