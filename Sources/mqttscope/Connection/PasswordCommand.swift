import Explorer

/// A program that knows the password, such as `pass show broker`: its first line of output is it.
enum PasswordCommand {
  /// Runs the program, which may ask the person at the terminal itself; it has ended when this returns.
  static func run(_ command: String) throws(Failure) -> [UInt8] {
    let words: [String]
    do { words = try PasswordWords.split(command) } catch { throw .usage(error.description) }
    let wake = try Interruption.listen()
    defer { Interruption.stopListening() }
    var program = try PasswordProgram.start(words)
    let line = try program.firstLine(wake)
    guard !line.isEmpty else { throw .failed("The password command \(words[0]) printed nothing on its first line.") }
    guard line.count <= 65_535 else {
      throw .failed("The password command \(words[0]) printed more than 65535 bytes.")
    }
    return line
  }
}
