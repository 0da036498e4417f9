import Glibc
import TestSupport
import Testing

@testable import Explorer

@Suite struct PasswordProgramTests {
  /// What a command gives, waited for as the loop does.
  private func outcome(of command: String) throws -> Result<[UInt8], ProfileError> {
    let program = try PasswordProgram(PasswordWords.split(command), at: .behindScreen)
    let deadline = Deadline(in: .seconds(10))
    var outcome: Result<[UInt8], ProfileError>?
    while outcome == nil {
      try #require(!deadline.isPast, "\(command) gives nothing")
      usleep(5_000)
      outcome = program.collect(at: Clock.monotonic)
    }
    program.end(at: Clock.monotonic)
    while !program.isOver(at: Clock.monotonic) {
      try #require(!deadline.isPast, "\(command) does not end")
      usleep(5_000)
    }
    return try #require(outcome)
  }

  @Test func `the first line is the password, whatever follows it`() throws {
    #expect(try outcome(of: "printf 'pst\\nuser: ann\\n'") == .success(Array("pst".utf8)))
    #expect(try outcome(of: "sh -c 'echo pst; exec sleep 600'") == .success(Array("pst".utf8)))
    #expect(try outcome(of: "sh -c 'echo pst; exec yes'") == .success(Array("pst".utf8)))
  }

  @Test(arguments: [
    ("sh -c 'echo one >&2; echo two >&2; exit 3'", "ended with status 3. It said: “two”."),
    ("sh -c 'kill -9 $$'", "was ended by signal 9."), ("true", "gave no password."),
    ("sh -c 'exec tr \"\\\\0\" x < /dev/zero'", "gave more than 65535 bytes."),
    ("sh -c ': < /dev/tty'", "ended with status"),
  ])
  func `a command that gives none is told, with what it said`(command: String, sentence: String) throws {
    guard case .failure(let error) = try outcome(of: command) else { throw TestSupportError("\(command) gave one") }
    #expect(error.description.contains(sentence), "\(error)")
  }

  @Test func `a program that is not there is told at once`() {
    #expect(throws: ProfileError.password("The password command no-such-1 cannot be run: No such file or directory.")) {
      try PasswordProgram(["no-such-1", "-x"], at: .behindScreen)
    }
  }
}
