import Explorer
import Glibc
import Terminal

/// A program that knows the password, such as `pass show broker`: its first line of output is it.
enum PasswordCommand {
  /// A wait for the first line that is worth a word.
  private static let patience = Duration.seconds(3)

  /// Runs the program, which may ask the person at the terminal itself; it has ended when this returns.
  static func run(_ command: String) throws(Failure) -> [UInt8] {
    let words: [String]
    do { words = try PasswordWords.split(command) } catch { throw .usage(error.description) }
    let wake = try Interruption.listen()
    defer { Interruption.stopListening() }
    do {
      let program = try PasswordProgram(words, at: .terminal)
      defer { program.finish() }
      let patience = ContinuousClock.now + Self.patience
      var hasSaid = false
      while Interruption.signal == nil {
        if let outcome = program.collect() { return try outcome.get() }
        program.wait(beside: wake.fileDescriptor)
        guard !hasSaid, !program.hasLine, patience <= .now, !program.isAsking else { continue }
        say("waiting for the password command \(words[0]); Ctrl+C gives up")
        hasSaid = true
      }
    } catch .passwordGivenUp {
      throw .interrupted(signal: SIGINT)
    } catch {
      throw .failed(error.description)
    }
    throw .interrupted(signal: Interruption.signal ?? SIGINT)
  }
}
