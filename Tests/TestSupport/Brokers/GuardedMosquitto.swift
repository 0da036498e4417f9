/// A mosquitto that lets in one user.
package final class GuardedMosquitto: RealBroker {
  package let address: BrokerAddress
  private let broker: Mosquitto

  package init() throws {
    let user = BrokerAddress.User(name: "ann", password: "sécret")
    broker = try Mosquitto { folder in
      let file = "\(folder.path)/passwords"
      let made = try PipedProgram.run("mosquitto_passwd", ["-b", "-c", file, user.name, user.password])
      guard made.status == .exited(0) else { throw TestSupportError("mosquitto_passwd: \(made.errorText)") }
      return ["allow_anonymous false", "password_file \(file)"]
    }
    address = BrokerAddress(older: broker.port, newer: broker.port, user: user)
  }

  package func kill() throws { try broker.kill() }

  package func start() throws { try broker.start() }
}
