/// `mqttscope broker`, the program under test itself, as a broker among others.
package final class BuiltInBroker: RealBroker {
  package let address: BrokerAddress
  /// All that it listens on.
  package let listeners: [String]
  private let process: BrokerProcess

  /// - Parameters:
  ///   - listeners: beside the port of MQTT.
  ///   - options: of the command.
  package init(listeners: [String] = [], _ options: [String] = [], user: BrokerAddress.User? = nil) throws {
    let port = try Loopback.freePort()
    address = BrokerAddress(older: port, newer: port, user: user)
    self.listeners = ["mqtt://127.0.0.1:\(port)"] + listeners
    let arguments = ["broker"] + self.listeners.flatMap { ["--listen", $0] } + options
    process = try BrokerProcess("mqttscope broker", Products.mqttscope, arguments) {
      String(decoding: $0.errors, as: UTF8.self).contains("Ctrl+C")
    }
  }

  package var port: UInt16 { address.newer }

  /// What it takes of the machine; an error if it has ended.
  package var cost: ProcessCost {
    get throws {
      guard let running = process.process, running.reap() == nil else { throw TestSupportError("the broker has ended") }
      return try ProcessCost(of: running.pid)
    }
  }

  package func kill() throws { try process.kill() }

  package func start() throws { try process.start() }
}
