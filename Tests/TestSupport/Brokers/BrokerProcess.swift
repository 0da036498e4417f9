import Glibc

/// A broker's program while it runs: one process that is killed with its owner.
final class BrokerProcess {
  private let name: String
  private let launch: () throws(TestSupportError) -> PipedProgram
  private let isReady: (PipedProgram) -> Bool
  private var running: PipedProgram?

  /// Starts it and returns when it is ready.
  /// - Parameter isReady: asked again and again while the program runs.
  init(
    _ name: String, _ program: String, _ arguments: [String], environment: [String: String] = [:],
    isReady: @escaping (PipedProgram) -> Bool
  ) throws {
    self.name = name
    self.isReady = isReady
    launch = { () throws(TestSupportError) in
      try PipedProgram(program, arguments, environment: TestEnvironment.inherited(adding: environment))
    }
    try start()
  }

  /// The program, while it runs.
  var process: ChildProcess? { running?.process }

  func start() throws {
    let broker = try launch()
    running = broker
    do {
      try broker.wait(within: .seconds(60)) { $0.process.reap() != nil || isReady($0) }
    } catch {
      throw TestSupportError("\(name) does not become ready: \(error)")
    }
    if let status = broker.process.reap() {
      let outcome = try broker.finish()
      throw TestSupportError("\(name) ended at once (\(status)): \(outcome.errorText)\(outcome.outputText)")
    }
  }

  func kill() throws {
    running?.process.send(signal: SIGKILL)
    _ = try running?.process.waitForExit()
    running = nil
  }

  /// The path of a program, or an error with the command that installs it.
  static func find(_ program: String, in folders: [String], install: String) throws(TestSupportError) -> String {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let all = folders + path.split(separator: ":").map(String.init)
    guard let folder = all.first(where: { access("\($0)/\(program)", X_OK) == 0 }) else {
      throw TestSupportError("\(program) is missing: \(install)")
    }
    return "\(folder)/\(program)"
  }

  /// A program of a Python package, from the environment that the README's command makes in the build folder.
  static func findPackaged(_ program: String, in package: String) throws(TestSupportError) -> String {
    let environment = "\(Products.packageFolder)/.build/brokers"
    let install = "python3 -m venv \(environment) && \(environment)/bin/pip install \(package)"
    return try find(program, in: ["\(environment)/bin"], install: install)
  }
}
