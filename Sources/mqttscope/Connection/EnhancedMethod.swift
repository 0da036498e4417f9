import ArgumentParser
import MQTT
import MQTTClient

/// What can be asked for as `--auth`.
enum EnhancedMethod: String, ExpressibleByArgument, CaseIterable {
  case scramSHA256 = "scram-sha-256"

  /// Lets the exchange have the user name and the password, in place of CONNECT.
  func apply(to configuration: inout Configuration) throws(Failure) {
    guard let username = configuration.username, let password = configuration.password else {
      throw .usage("--auth \(rawValue) needs a user name and a password.")
    }
    try configuration.demandVersion5(for: "--auth")
    configuration.authentication = .scramSHA256(username: username, password: password)
    configuration.username = nil
    configuration.password = nil
  }
}

extension Configuration {
  /// Falling back to 3.1.1 would lose silently what only 5 has.
  mutating func demandVersion5(for option: String) throws(Failure) {
    guard protocolChoice != .only(.v3_1_1) else {
      throw .usage("\(option) needs MQTT 5; MQTT 3.1.1 has nothing like it.")
    }
    protocolChoice = .only(.v5)
  }
}
