import Glibc
import Testing

@testable import mqttscope

/// Signals of the thread that runs the test to itself.
@Suite(.serialized) struct InterruptionTests {
  /// - Parameter body: called where these signals are not blocked, as they are on the threads of tests.
  private func listening(_ body: () throws -> Void) throws {
    var (signals, before) = (sigset_t(), sigset_t())
    sigemptyset(&signals)
    for number in [SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    let wake = try Interruption.listen()
    pthread_sigmask(SIG_UNBLOCK, &signals, &before)
    defer {
      pthread_sigmask(SIG_SETMASK, &before, nil)
      for number in [SIGTERM, SIGHUP] { Interruption.forget(number) }
      Interruption.stopListening()
    }
    try withExtendedLifetime(wake) { try body() }
  }

  @Test func `a signal to end that comes behind a hangup is not forgotten with it`() throws {
    try listening {
      #expect(Interruption.signal == nil)
      for number in [SIGHUP, SIGTERM] { raise(number) }
      #expect(Interruption.signal == SIGTERM)
      Interruption.forget(SIGHUP)
      #expect(Interruption.signal == SIGTERM)
    }
  }

  @Test func `a hangup that was answered is over, and the next one counts`() throws {
    try listening {
      for _ in 0..<2 {
        raise(SIGHUP)
        #expect(Interruption.signal == SIGHUP)
        Interruption.forget(SIGHUP)
        #expect(Interruption.signal == nil)
      }
    }
  }

  @Test func `signals that nobody takes notice of neither block nor change the error of what they interrupt`() throws {
    try listening {
      errno = ENOENT
      for _ in 0..<70_000 { raise(SIGHUP) }  // more than the pipe holds
      let code = errno
      #expect(code == ENOENT)
    }
  }
}
