import MQTT
import MQTTClient

/// Every way in which a connection ends, explained.
extension Explanation {
  /// One case a reason: the sentence is the client's, the rest is said here.
  init?(_ end: Disconnection, _ known: Circumstances) {
    self.init(what: end.description, why: [], tries: [], tone: end.retryIn == nil ? .failure : .trouble)
    switch end.reason {
    case .requested: return nil
    case .refused(let code, let properties, let version): refuse(code, properties, in: .connack, of: version, known)
    case .dismissed(let code, let properties): refuse(code, properties, in: .disconnect, of: .v5, known)
    case .closed(wasAccepted: true): explainVanishing(known)
    case .closed(wasAccepted: false): explainSilentEnd()
    case .unknownHost(let host): explainUnknownHost(host)
    case .connectionRefused: explainClosedPort()
    case .noSocket: explainMissingSocket()
    case .timedOut(let waiting, _): explainNoAnswer(to: waiting)
    case .network(let problem): explainNetwork(problem)
    case .keepAliveLost(let keepAlive): explainDeadLine(keepAlive)
    case .proxy(let failure): explainProxy(failure, known)
    case .unusableFile(let file): explainFile(file)
    case .tls(let failure): explainTLS(failure)
    case .webSocket(let failure): explainWebSocket(failure)
    case .notMQTT(let stranger): explain(stranger)
    case .malformed(let packet): explainMalformed(packet, known)
    case .protocolError(let code, let sentence): explainViolation(code, sentence)
    case .probablyTakenOver: explainDuel(known)
    case .unknownSession: explainUnknownSession()
    case .notAuthenticated: explainUnproven()
    case .unsendable(let error): explainUnsendable(error)
    }
    if known.isProfile { self = inProfile }
  }

  private mutating func explainVanishing(_ known: Circumstances) {
    let lasted = known.lasted.map { " It lasted \(Format.elapsed($0))." } ?? ""
    why = [
      "The connection was accepted, and later closed by the other side, without DISCONNECT.\(lasted)",
      "So ends a broker that stops, and, before MQTT 5, one at which another client has taken our identifier.",
    ]
    tries = [
      "Ends it again and again? Then take another identifier than \(known.identifier): --client-id NAME.",
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

  private mutating func explainNoAnswer(to waiting: Disconnection.Waiting) {
    let busy = "r tries again: a broker that has just started may need a moment."
    switch waiting {
    case .network: explainNoAnswer()
    case .proxy:
      why = ["The proxy took the request, and did not say whether it reached the broker."]
      tries = ["Can the broker be reached from there?", "Without the proxy: NO_PROXY with the broker's host."]
    case .tls:
      why = ["Our ClientHello was sent, and nothing came back: something listens, and does not speak TLS."]
      tries = ["Is it the port for TLS? That is usually 8883, and 1883 the one without.", busy]
    case .webSocket:
      why = ["The request for a WebSocket was sent, and nothing came back."]
      tries = ["Is it the broker's port for MQTT itself? Then mqtt:// or mqtts://.", busy]
    case .connack:
      why = ["CONNECT was sent, and no CONNACK came: something listens, and does not speak MQTT, or is too busy to."]
      tries = ["Does the port expect TLS? Use mqtts://. WebSocket? Use ws:// or wss://.", busy]
    }
  }

  private mutating func explainDuel(_ known: Circumstances) {
    why = ["So a broker ends the older of two connections of one identifier; it has no word for it before MQTT 5."]
    tries = Self.help(againstTakeOverOf: known)
  }

  private mutating func explainUnknownSession() {
    why = ["CONNACK said that a session is present, and this program has no record of it (MQTT 5.0, 3.2.2-4)."]
    tries = [
      "Another client may have made it: take another identifier with --client-id NAME.",
      "Is it nobody's? A connection of this identifier without --persistent discards it, with what it holds.",
    ]
  }

  private mutating func explainUnproven() {
    why = ["The exchange of SCRAM-SHA-256 (RFC 7677) by AUTH packets did not come to its end."]
    tries = [
      "Are the user name and the password right?",
      "If they are, this may not be the broker you mean: is the address right, and is its certificate verified?",
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
