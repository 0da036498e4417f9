import MQTT
import MQTTClient
import TestSupport

/// A mosquitto with one more listener, and the way to it.
final class Broker: RealBroker {
  let endpoint: Endpoint
  let mosquitto: Mosquitto
  let address: BrokerAddress

  init(_ listener: Mosquitto.Listener, _ more: [String] = ["allow_anonymous true"]) throws {
    let port = try Loopback.freePort()
    mosquitto = try Mosquitto { more + Mosquitto.lines(listener, port: port, in: $0) }
    switch listener {
    case .tls: endpoint = .tls(host: "localhost", port: Int(port))
    case .webSocket: endpoint = .webSocket(host: "127.0.0.1", port: Int(port), path: "/mqtt")
    case .secureWebSocket: endpoint = .secureWebSocket(host: "localhost", port: Int(port), path: "/mqtt")
    case .unix: endpoint = .unix(path: Mosquitto.socket(in: mosquitto.folder))
    }
    let path: String? = if case .unix(let path) = endpoint { path } else { nil }
    address = BrokerAddress(older: port, newer: port, path: path)
    try waitForListener()
  }

  func kill() throws { try mosquitto.kill() }

  func start() throws {
    try mosquitto.start()
    try waitForListener()
  }

  private func waitForListener() throws {
    if endpoint.address != nil { try Mosquitto.waitForPorts([address.newer]) }
  }

  /// A configuration that trusts the tests' authority.
  func configuration(
    _ version: ProtocolVersion = .v5, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> Configuration {
    var configuration = Configuration.loopback(1, version)
    configuration.endpoint = endpoint
    configuration.tls.certificateAuthorities = try TestIdentities.shared().authority
    change(&configuration)
    return configuration
  }

  /// How an attempt to connect ends.
  func end(_ change: (inout Configuration) -> Void = { _ in }) throws -> Disconnection {
    try Recorder(configuration(.v5, change)).disconnection()
  }
}
