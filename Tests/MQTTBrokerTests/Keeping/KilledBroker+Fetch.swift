import TestSupport

/// What is there in the end, by clients of somebody else's.
extension KilledBroker {
  /// What the session that was away gets, by a client of somebody else's.
  func fetchAway() throws -> Heard {
    let last = try PipedProgram.run(
      "mosquitto_pub", ["-h", "127.0.0.1", "-p", "\(broker.port)", "-t", "fire/end", "-m", "end", "-q", "2"])
    guard last.status == .exited(0) else { throw TestSupportError(last.errorText) }
    let program = try PipedProgram("mosquitto_sub", awayArguments + ["-R"])
    try program.wait(within: .seconds(60)) { $0.output.suffix(4) == Array("end\n".utf8) }
    var heard = Heard()
    for line in String(decoding: program.output, as: UTF8.self).split(separator: "\n").dropLast() {
      guard let number = Int(line) else { throw TestSupportError("\(line) came") }
      heard.take(number)
    }
    return heard
  }

  /// What is retained, by a client that comes anew.
  func fetchRetained() throws -> [String] {
    let outcome = try PipedProgram.run(
      "mosquitto_sub",
      ["-h", "127.0.0.1", "-p", "\(broker.port)", "-t", "fire/+", "-C", "10", "-F", "%t %p", "--retained-only"])
    return outcome.outputText.split(separator: "\n").map(String.init).sorted()
  }
}
