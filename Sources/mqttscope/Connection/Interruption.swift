import Glibc
import Synchronization
import Terminal

/// Signals that ask the program to end, turned into a byte in a pipe that a wait can include.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  private static let wakeEnd = Atomic<Int32>(-1)

  /// The first signal that has come, if any.
  static var signal: Int32? {
    let number = received.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// From now on these signals are noted and end the waits on what this returns, which has to live until
  /// `stopListening`.
  static func listen() throws(Failure) -> Wake {
    let wake: Wake
    do { wake = try Wake() } catch { throw .failed(error.description) }
    wakeEnd.store(wake.writingEnd, ordering: .releasing)
    var action = sigaction()  // without SA_RESTART: a write to a stuck reader ends too
    action.__sigaction_handler.sa_handler = { number in  // safe in a handler: two atomics and a write
      _ = Interruption.received.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
      var byte: UInt8 = 1
      _ = write(Interruption.wakeEnd.load(ordering: .acquiring), &byte, 1)
    }
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaction(number, &action, nil) }
    return wake
  }

  /// The signal that has come was answered: the next one counts.
  static func forget() { received.store(0, ordering: .releasing) }

  /// Gives the signals back their usual effect.
  static func stopListening() {
    for number in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(number, SIG_DFL) }
    wakeEnd.store(-1, ordering: .releasing)
  }
}
