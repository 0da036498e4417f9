import Testing

@testable import TestSupport

@Suite struct RealBrokerTests {
  @Test(arguments: ["mqttv311", "mqttv5"])
  func `each broker takes a message, and ends with its owner`(version: String) throws {
    let starts: [() throws -> any RealBroker] = [
      { try Mosquitto() }, { try GuardedMosquitto() }, { try Ejabberd() }, { try Rumqttd() }, { try NATSServer() },
    ]
    for start in starts {
      var broker: (any RealBroker)? = try start()
      let address = try #require(broker?.address)
      let isNATS = broker is NATSServer
      let port = version == "mqttv5" && !isNATS ? address.newer : address.older
      let user = address.user.map { ["-u", $0.name, "-P", $0.password] } ?? []
      let outcome = try PipedProgram.run(
        "mosquitto_pub",
        ["-h", "127.0.0.1", "-p", "\(port)", "-V", isNATS ? "mqttv311" : version, "-i", "c", "-t", "a", "-m", "hi"]
          + ["-q", "2"] + user)
      #expect(outcome.status == .exited(0), "\(outcome.errorText)")
      broker = nil
      #expect(!Loopback.accepts(port: address.older) && !Loopback.accepts(port: address.newer))
    }
  }

  @Test func `a broker that is missing is told with the line that installs it`() {
    let error = #expect(throws: TestSupportError.self) {
      try BrokerProcess.findPackaged("no-such-broker", in: "nobody")
    }
    let environment = "\(Products.packageFolder)/.build/brokers"
    #expect(
      error?.description == """
        no-such-broker is missing: python3 -m venv \(environment) && \(environment)/bin/pip install nobody
        """)
  }

  @Test func `a broker that ends at once is told with its last words`() {
    let error = #expect(throws: TestSupportError.self) {
      try BrokerProcess("broker", "/bin/sh", ["-c", "echo no such option >&2; exit 3"]) { _ in false }
    }
    #expect(error?.description.hasPrefix("broker ended at once (exited(3))") == true)
    #expect(error?.description.contains("no such option") == true)
  }
}
