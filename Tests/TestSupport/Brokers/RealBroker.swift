/// A broker that others wrote, on ports of 127.0.0.1 and with a folder of its own; it ends with its owner.
package protocol RealBroker: AnyObject {
  var address: BrokerAddress { get }

  /// Ends it without a word to its clients, as a power cut does.
  func kill() throws

  /// Starts it again where it was, and returns when it accepts.
  func start() throws
}

/// Where a broker of this machine is, and whom it lets in.
package struct BrokerAddress: Sendable {
  /// The port for MQTT 3.1.1.
  package var older: UInt16
  /// The port for MQTT 5.0; mostly the same one.
  package var newer: UInt16
  /// nil where everybody is welcome.
  package var user: User?
  /// The Unix domain socket, where that is the way in.
  package var path: String?

  package init(older: UInt16, newer: UInt16, user: User? = nil, path: String? = nil) {
    self.older = older
    self.newer = newer
    self.user = user
    self.path = path
  }

  package struct User: Sendable {
    package var name: String
    package var password: String
  }
}
