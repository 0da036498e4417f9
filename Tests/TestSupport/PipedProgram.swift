import Glibc

/// A program whose standard streams are pipes held by the test.
package final class PipedProgram {
  /// All that a program said, and how it ended.
  package struct Outcome: Equatable, Sendable {
    package let status: ExitStatus
    package let output: [UInt8]
    package let errors: [UInt8]

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  package let process: ChildProcess
  package private(set) var output: [UInt8] = []
  package private(set) var errors: [UInt8] = []
  private let inputEnd: Descriptor
  private let outputEnd: Descriptor
  private let errorEnd: Descriptor
  private var pending: ArraySlice<UInt8> = []
  private var isInputClosing = false

  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = TestEnvironment.inherited()
  ) throws(TestSupportError) {
    signal(SIGPIPE, SIG_IGN)  // a program that stops reading is a result, not the end of the tests
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    let errors = try Descriptor.pipe()
    inputEnd = input.writing
    outputEnd = output.reading
    errorEnd = errors.reading
    process = try ChildProcess(
      program, arguments, environment: environment,
      streams: .descriptors(
        input: input.reading.number, output: output.writing.number, error: errors.writing.number))
    for end in [inputEnd, outputEnd, errorEnd] { try end.makeNonBlocking() }
  }

  /// Runs a program to its end with this standard input.
  package static func run(
    _ program: String, _ arguments: [String] = [], input: String = "",
    environment: [String: String] = TestEnvironment.inherited(), within duration: Duration = .seconds(20)
  ) throws(TestSupportError) -> Outcome {
    let running = try PipedProgram(program, arguments, environment: environment)
    running.write(Array(input.utf8))
    running.closeInput()
    return try running.finish(within: duration)
  }

  /// Queues bytes for the program's standard input; they leave while the test waits.
  package func write(_ bytes: [UInt8]) {
    pending += bytes
    pump(milliseconds: 0)
  }

  /// Ends standard input once all queued bytes are written.
  package func closeInput() {
    isInputClosing = true
    pump(milliseconds: 0)
  }

  /// Stops reading the program's output, as `head` does when it has seen enough.
  package func closeOutput() {
    outputEnd.close()
  }

  /// Bytes that the program has not yet taken from its standard input's pipe.
  package var unwrittenCount: Int { pending.count }

  /// Waits until the output and errors so far satisfy `condition`.
  package func wait(within duration: Duration = .seconds(20), until condition: (PipedProgram) -> Bool) throws {
    let deadline = Deadline(in: duration)
    while !condition(self) {
      if deadline.isPast {
        throw TestSupportError("not said within \(duration); output: \(text(output)) errors: \(text(errors))")
      }
      pump(milliseconds: deadline.milliseconds(atMost: 50))
    }
  }

  /// Waits for the end of the program and of its output.
  package func finish(within duration: Duration = .seconds(20)) throws(TestSupportError) -> Outcome {
    let deadline = Deadline(in: duration)
    while outputEnd.number >= 0 || errorEnd.number >= 0 {
      if deadline.isPast {
        throw TestSupportError("no end within \(duration); output: \(text(output)) errors: \(text(errors))")
      }
      pump(milliseconds: deadline.milliseconds(atMost: 50))
    }
    let status = try process.waitForExit(within: duration)
    return Outcome(status: status, output: output, errors: errors)
  }

  /// Moves what can be moved through the three pipes, waiting at most so long for the first of them.
  private func pump(milliseconds: Int32) {
    var entries = [
      pollfd(fd: outputEnd.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorEnd.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pending.isEmpty ? -1 : inputEnd.number, events: Int16(POLLOUT), revents: 0),
    ]
    _ = poll(&entries, 3, milliseconds)
    if entries[0].revents != 0 { Self.drain(outputEnd, into: &output) }
    if entries[1].revents != 0 { Self.drain(errorEnd, into: &errors) }
    if entries[2].revents != 0 {
      guard let rest = try? inputEnd.writeAvailable(pending) else {
        inputEnd.close()
        pending = []
        return
      }
      pending = rest
    }
    if isInputClosing && pending.isEmpty { inputEnd.close() }
  }

  private static func drain(_ end: Descriptor, into bytes: inout [UInt8]) {
    guard let more = try? end.readAvailable() else {
      end.close()
      return
    }
    bytes += more
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.suffix(2000), as: UTF8.self) }
}
