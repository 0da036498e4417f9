import Glibc
import Synchronization
import Terminal

/// Signals that ask the program to end, turned into a byte in a pipe that a wait can include.
enum Interruption {
  /// A bit for each signal that has come.
  private static let received = Atomic<UInt32>(0)
  private static let wakeEnd = Atomic<Int32>(-1)

  /// A signal that has come, if any; SIGHUP, which may mean something else than the end, only if no other has.
  static var signal: Int32? {
    let came = received.load(ordering: .acquiring)
    return numbers.first { came & bit(of: $0) != 0 }
  }

  private static let numbers = [SIGINT, SIGTERM, SIGHUP]

  private static func bit(of number: Int32) -> UInt32 { 1 << UInt32(number) }

  /// From now on these signals are noted and end the waits on what this returns, which has to live until
  /// `stopListening`.
  static func listen() throws(Failure) -> Wake {
    let wake: Wake
    do { wake = try Wake() } catch { throw .failed(error.description) }
    wakeEnd.store(wake.writingEnd, ordering: .releasing)
    var action = sigaction()  // without SA_RESTART: a write to a stuck reader ends too
    action.__sigaction_handler.sa_handler = { number in  // safe in a handler: two atomics and a write
      let code = errno  // the one of what was interrupted
      Interruption.received.bitwiseOr(Interruption.bit(of: number), ordering: .acquiringAndReleasing)
      var byte: UInt8 = 1
      _ = write(Interruption.wakeEnd.load(ordering: .acquiring), &byte, 1)
      errno = code
    }
    for number in numbers { sigaction(number, &action, nil) }
    return wake
  }

  /// A signal was answered; others that have come meanwhile were not.
  static func forget(_ number: Int32) { received.bitwiseAnd(~bit(of: number), ordering: .acquiringAndReleasing) }

  /// Gives the signals back their usual effect.
  static func stopListening() {
    for number in numbers { Glibc.signal(number, SIG_DFL) }
    wakeEnd.store(-1, ordering: .releasing)
  }
}
