/// rumqttd, as the Python package iotcore carries it; it has a port for each version of MQTT.
package final class Rumqttd: RealBroker {
  package let address: BrokerAddress
  private let process: BrokerProcess  // ends before its folder goes
  private let folder: TemporaryFolder

  package init() throws {
    folder = try TemporaryFolder()
    let address = BrokerAddress(older: try Loopback.freePort(), newer: try Loopback.freePort())
    let configuration = """
      id = 0

      [router]
      id = 0
      max_connections = 1000
      max_outgoing_packet_count = 200
      max_segment_size = 10485760
      max_segment_count = 10

      \(Self.listener("v4", address.older))
      \(Self.listener("v5", address.newer))
      """
    let program = try BrokerProcess.findPackaged("iotcore", in: "iotcore")
    let file = try folder.write(configuration, to: "rumqttd.toml")
    self.address = address
    // At any other level it says something about every packet
    process = try BrokerProcess("rumqttd", program, ["--config", file, "--log-level", "CRITICAL"]) { _ in
      Loopback.accepts(port: address.older) && Loopback.accepts(port: address.newer)
    }
  }

  package func kill() throws { try process.kill() }

  package func start() throws { try process.start() }

  private static func listener(_ version: String, _ port: UInt16) -> String {
    """
    [\(version).1]
    name = "\(version)"
    listen = "127.0.0.1:\(port)"
    next_connection_delay_ms = 1

    [\(version).1.connections]
    connection_timeout_ms = 60000
    max_payload_size = 2097152
    max_inflight_count = 100
    dynamic_filters = true

    """
  }
}
