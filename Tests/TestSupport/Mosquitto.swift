import FoundationEssentials
import Glibc

/// A real mosquitto on a free port of 127.0.0.1, with a configuration of its own; it ends with its owner.
package final class Mosquitto {
  package let port: UInt16
  /// Holds the configuration, and whatever a test wants to put beside it.
  package let folder: TemporaryFolder
  private let program: String
  private let configuration: String
  private var running: PipedProgram?

  /// Starts it and returns when its port accepts.
  /// - Parameter configure: lines of mosquitto.conf, made from the folder's path; anonymous clients are welcome otherwise.
  package init(configure: (TemporaryFolder) throws -> [String] = { _ in ["allow_anonymous true"] }) throws {
    program = try Self.find()
    folder = try TemporaryFolder()
    port = try Loopback.freePort()
    let own = [
      "listener \(port) 127.0.0.1", "persistence false", "log_dest file \(folder.path)/log",
      "user root",  // as root it would become a user who cannot read the test's folder
    ]
    let lines = try own + configure(folder)
    configuration = try folder.write(lines.joined(separator: "\n") + "\n", to: "mosquitto.conf")
    try start()
  }

  package var url: String { "mqtt://127.0.0.1:\(port)" }

  /// The broker's own log so far.
  package var log: String {
    get throws { String(decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/log")), as: UTF8.self) }
  }

  /// Waits until the broker's log is as expected: it may say what a client did after that client has ended.
  package func waitForLog(
    within duration: Duration = .seconds(20), until isExpected: (String) -> Bool
  ) throws {
    let deadline = Deadline(in: duration)
    while true {
      let log = try log
      if isExpected(log) { return }
      if deadline.isPast { throw TestSupportError("the broker's log is not as expected after \(duration):\n\(log)") }
      poll(nil, 0, deadline.milliseconds(atMost: 5))
    }
  }

  /// Ends it without a word to its clients, as a power cut does.
  package func kill() throws {
    running?.process.send(signal: SIGKILL)
    _ = try running?.process.waitForExit()
    running = nil
  }

  /// Ends it in order: its clients see their connections closed.
  package func stop() throws {
    running?.process.send(signal: SIGTERM)
    _ = try running?.process.waitForExit()
    running = nil
  }

  /// Starts it again on the same port.
  package func start() throws {
    let broker = try PipedProgram(program, ["-c", configuration])
    running = broker
    let deadline = Deadline(in: .seconds(10))
    while !Loopback.accepts(port: port) {
      if let status = broker.process.reap() {
        throw TestSupportError("mosquitto ended at once (\(status)): \(try broker.finish().errorText)")
      }
      if deadline.isPast { throw TestSupportError("mosquitto does not accept on port \(port)") }
      poll(nil, 0, deadline.milliseconds(atMost: 5))
    }
  }

  private static func find() throws(TestSupportError) -> String {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
    guard let folder = folders.first(where: { access("\($0)/mosquitto", X_OK) == 0 }) else {
      throw TestSupportError("mosquitto is missing: apt-get install mosquitto")
    }
    return "\(folder)/mosquitto"
  }
}
