import Glibc

extension Mosquitto {
  /// A listener beside the plain one.
  package enum Listener: Sendable {
    /// TLS, with settings of its own below `certfile` and `keyfile`, such as `require_certificate true`.
    case tls(Certificates.Identity, [String] = [])
    case webSocket
    case secureWebSocket(Certificates.Identity)
    case unix
  }

  /// The Unix domain socket of a broker with this folder, if it listens on one.
  package static func socket(in folder: TemporaryFolder) -> String { "\(folder.path)/socket" }

  /// Lines of mosquitto.conf for a listener on a port of 127.0.0.1, or on a socket in the broker's folder.
  package static func lines(_ listener: Listener, port: UInt16, in folder: TemporaryFolder) -> [String] {
    func identity(_ identity: Certificates.Identity) -> [String] {
      ["certfile \(identity.certificate)", "keyfile \(identity.key)"]
    }
    return switch listener {
    case .tls(let own, let more): ["listener \(port) 127.0.0.1"] + identity(own) + more
    case .webSocket: ["listener \(port) 127.0.0.1", "protocol websockets"]
    case .secureWebSocket(let own): ["listener \(port) 127.0.0.1", "protocol websockets"] + identity(own)
    case .unix: ["listener 0 \(socket(in: folder))"]
    }
  }

  /// Waits until somebody listens on the ports: the broker opens its listeners one after the other.
  package static func waitForPorts(_ ports: [UInt16]) throws(TestSupportError) {
    let deadline = Deadline(in: .seconds(10))
    for port in ports {
      while !Loopback.accepts(port: port) {
        if deadline.isPast { throw TestSupportError("mosquitto does not accept on port \(port)") }
        poll(nil, 0, deadline.milliseconds(atMost: 5))
      }
    }
  }
}
