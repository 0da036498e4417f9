import TestSupport
import Testing

/// Client libraries of other people against the program itself: each subscribes, publishes to itself at each QoS, and
/// prints what comes, over all that it knows.
struct LibraryTests {
  /// A library, and the program in `Clients` that uses it.
  enum Library: String, CaseIterable, Sendable {
    case pahoC = "echo.c"
    case pahoPython = "echo.py"
    case mqttJS = "echo.js"

    var hasUnixSockets: Bool { self == .pahoPython }

    /// The command that runs the program, which is compiled into a folder if it has to be.
    func command(in folder: TemporaryFolder) throws -> [String] {
      let source = "\(Products.packageFolder)/Tests/MQTTBrokerTests/Clients/\(rawValue)"
      switch self {
      case .pahoPython: return ["\(Products.packageFolder)/.build/brokers/bin/python", source]
      case .mqttJS: return ["node", source]
      case .pahoC:
        let program = "\(folder.path)/echo"
        let made = try PipedProgram.run("clang", ["-Wall", "-Werror", "-o", program, source, "-lpaho-mqtt3cs"])
        guard made.status == .exited(0) else {
          throw TestSupportError("echo.c (apt-get install libpaho-mqtt-dev): \(made.errorText)")
        }
        return [program]
      }
    }

    /// A URL as the library writes it.
    func url(_ url: String) -> String {
      guard self == .pahoC else { return url }
      return url.hasPrefix("mqtt:")
        ? "tcp" + url.dropFirst(4) : url.hasPrefix("mqtts:") ? "ssl" + url.dropFirst(5) : url
    }
  }

  @Test(arguments: Library.allCases, ["3.1.1", "5"])
  func `libraries of others publish and subscribe at each QoS, over all that carries MQTT`(
    library: Library, version: String
  ) throws {
    let certificates = try Certificates()
    let identity = try certificates.issue(["DNS:localhost"], named: "broker")
    let command = try library.command(in: certificates.folder)
    let secure = ["mqtts://localhost:\(try Loopback.freePort())", "wss://localhost:\(try Loopback.freePort())"]
    let listeners = secure + ["ws://127.0.0.1:\(try Loopback.freePort())", "unix://\(certificates.folder.path)/s"]
    let broker = try BuiltInBroker(listeners: listeners, ["--cert", identity.certificate, "--key", identity.key])
    for url in broker.listeners where library.hasUnixSockets || !url.hasPrefix("unix:") {
      let outcome = try PipedProgram.run(
        command[0], command.dropFirst() + [library.url(url), version, certificates.authority],
        environment: TestEnvironment.inherited(adding: ["NODE_PATH": "/usr/share/nodejs:/usr/lib/nodejs"]),
        within: .seconds(60))
      #expect(outcome.outputText == "0 a0\n1 a1\n2 a2\n", "\(url): \(outcome.errorText)")
    }
  }
}
