import Glibc
import TestSupport
import Testing

@Suite struct PipedProgramTests {
  @Test func `output, errors and exit status come back apart`() throws {
    let outcome = try PipedProgram.run("sh", ["-c", "cat; echo trouble >&2; exit 3"], input: "hello")
    #expect(outcome.outputText == "hello")
    #expect(outcome.errorText == "trouble\n")
    #expect(outcome.status == .exited(3))
  }

  @Test func `more than a pipe holds goes through`() throws {
    let input = String(repeating: "0123456789", count: 100_000)
    let outcome = try PipedProgram.run("cat", input: input)
    #expect(outcome.outputText == input)
  }

  @Test func `a program killed by a signal says so`() throws {
    let outcome = try PipedProgram.run("sh", ["-c", "kill -TERM $$"])
    #expect(outcome.status == .killed(signal: SIGTERM))
  }

  @Test func `a program that is missing is an error with its name`() {
    let error = #expect(throws: TestSupportError.self) { try PipedProgram.run("no-such-program") }
    #expect(error?.description.contains("no-such-program") == true)
  }

  @Test func `a program that does not end in time is an error`() {
    #expect(throws: TestSupportError.self) { try PipedProgram.run("sleep", ["60"], within: .milliseconds(50)) }
  }

  @Test func `output can be waited for while the program runs`() throws {
    let program = try PipedProgram("sh", ["-c", "echo ready; read line; echo got $line"])
    try program.wait { $0.output == Array("ready\n".utf8) }
    program.write(Array("a word\n".utf8))
    #expect(try program.finish().outputText == "ready\ngot a word\n")
  }

  @Test func `closed output ends a writer as head does`() throws {
    let program = try PipedProgram("yes")
    try program.wait { !$0.output.isEmpty }
    program.closeOutput()
    #expect(try program.finish().status == .killed(signal: SIGPIPE))
  }

  @Test func `no descriptor of ours reaches a child`() throws {
    let outcome = try PipedProgram.run("sh", ["-c", "ls /proc/$$/fd"])
    #expect(outcome.outputText == "0\n1\n2\n")
  }
}
