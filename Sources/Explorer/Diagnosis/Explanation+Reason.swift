import MQTT
import MQTTClient

/// Every way in which a connection ends, explained.
extension Explanation {
  /// What is known beside the reason.
  struct Circumstances: Equatable, Sendable {
    var clientID: String
    var username: String?
    /// The broker's last bytes, if it sent the last packet.
    var lastBytes: [UInt8] = []
    /// Nanoseconds that the connection lasted; nil if there was none.
    var lasted: Int64?
  }

  /// One case a reason: the sentence is the client's, the rest is said here.
  init?(_ end: Disconnection, _ known: Circumstances) {
    self.init(what: end.description, why: [], tries: [], tone: end.retryIn == nil ? .failure : .trouble)
    switch end.reason {
    case .requested: return nil
    case .refused(let code, let properties): refuse(code, properties, in: .connack, known)
    case .dismissed(let code, let properties): refuse(code, properties, in: .disconnect, known)
    case .closed(wasAccepted: true): explainVanishing(known)
    case .closed(wasAccepted: false): explainSilentEnd()
    case .unknownHost(let host): explainUnknownHost(host)
    case .connectionRefused: explainClosedPort()
    case .timedOut(.network, _): explainNoAnswer()
    case .timedOut(.connack, _): explainNoConnack()
    case .network(let problem): explainNetwork(problem)
    case .keepAliveLost(let keepAlive): explainDeadLine(keepAlive)
    case .malformed(let packet): explainMalformed(packet, known)
    case .protocolError(let code, let sentence): explainViolation(code, sentence)
    case .unsendable(let error): explainUnsendable(error)
    }
  }

  private mutating func explainVanishing(_ known: Circumstances) {
    let lasted = known.lasted.map { " It lasted \(Format.elapsed($0))." } ?? ""
    why = [
      "The connection was accepted, and later closed by the other side, without DISCONNECT.\(lasted)",
      "So ends a broker that stops, and, before MQTT 5, one at which another client has taken our identifier.",
    ]
    tries = [
      "Ends it again and again? Then take another identifier than \(known.clientID): --client-id NAME.",
      "The broker's own log names the reason.",
    ]
  }

  private mutating func explainSilentEnd() {
    why = [
      "CONNECT was sent, and instead of CONNACK the connection was closed: the other side did not like what it read."
    ]
    tries = [
      "Is it a port with TLS? Use mqtts:// and port 8883. One of WebSocket? Use ws:// or wss://.",
      "An old broker may close on what it does not know: --protocol 3.1.1.",
      "The broker's own log names the reason.",
    ]
  }

  private mutating func explainUnknownHost(_ host: String) {
    why = ["The resolver of this computer has no address for “\(host)”."]
    tries = [
      "Is the name spelled right? An IP address works too.",
      host.hasSuffix(".local")
        ? "Names that end in .local need mDNS: is avahi-daemon running here and there?"
        : "A short name may need its domain, or the network (VPN) that knows it.",
      "getent hosts \(host) asks the same resolver.",
    ]
  }

  private mutating func explainClosedPort() {
    why = ["The computer is there and answered that nothing listens on the port (ECONNREFUSED)."]
    tries = [
      "Is the broker running, and is it this port? 1883 is MQTT, 8883 is MQTT with TLS.",
      "Mosquitto 2 without a listener line in its configuration is heard on its own computer only.",
      "In a container the port has to be published: docker run -p 1883:1883.",
    ]
  }

  private mutating func explainNoAnswer() {
    why = ["Nothing came back, not even a refusal: the packets are dropped on the way, or nobody is there."]
    tries = [
      "Is the computer on, and in reach (VPN, Wi-Fi)? ping tells.",
      "Does a firewall drop this port?",
      "Is the address right?",
    ]
  }

  private mutating func explainNoConnack() {
    why = ["CONNECT was sent, and no CONNACK came: something listens, and does not speak MQTT, or is too busy to."]
    tries = [
      "Does the port expect TLS? Use mqtts://. WebSocket? Use ws:// or wss://.",
      "r tries again: a broker that has just started may need a moment.",
    ]
  }

  private mutating func explainNetwork(_ problem: String) {
    why = ["The operating system says: \(problem)"]
    tries = ["Is this computer connected? Is the VPN up?", "r tries again at once."]
  }

  private mutating func explainDeadLine(_ keepAlive: UInt16) {
    why = [
      "PINGREQ was sent, and for half the keep alive of \(keepAlive) s nothing came, so the line counts as dead.",
      "So ends a connection over a router, VPN or Wi-Fi that forgets it without a word.",
    ]
    tries = ["A shorter --keep-alive keeps such a way open.", "Is the broker still there? r tries again at once."]
  }

  private mutating func explainViolation(_ code: ReasonCode, _ sentence: String) {
    why = [
      "\(sentence).",
      "We closed the connection, in MQTT 5 with DISCONNECT \(code.rawValue) \(code.words(in: .disconnect)).",
    ]
    tries = [
      "L shows the packets that led to it; w there saves them for a report to the broker's makers.",
      "The other version may work: --protocol 3.1.1 or --protocol 5.",
    ]
  }

  private mutating func explainUnsendable(_ error: EncodingError) {
    why = ["CONNECT would break a rule of MQTT: \(error)"]
    tries = ["Change the option that the sentence is about, and start again."]
  }
}
