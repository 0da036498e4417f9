import MQTT
import MQTTClient

/// What was agreed on with the broker, from CONNECT and CONNACK.
extension FactGroup {
  /// The connection itself.
  ///
  /// - Parameter now: the moment of the frame.
  static func connection(_ status: ConnectionStatus, now: Instant) -> FactGroup {
    var facts = [
      Fact("broker", "\(status.address)", status.asked?.endpoint.meaning ?? ""),
      Fact("state", status.stateWords, status.connectedAt == nil ? "No broker has accepted us yet." : ""),
    ]
    if let since = status.connectedAt, status.phase == .connected {
      let age = Format.age(now.monotonic - since.monotonic)
      facts[1] = Fact("connected", "since \(Format.time(since.wall).prefix(8)), \(age)", "")
    }
    let again = status.connectionCount - 1
    if again > 0 {
      facts.append(Fact("reconnections", Format.count(again), "So often a connection was made after the first."))
    }
    guard let connection = status.facts else { return FactGroup(heading: "Connection", facts: facts) }
    let fallBack = status.fellBackBecause.map { "MQTT 5.0 was tried first. \($0)" }
    facts.append(
      Fact(
        "protocol", "MQTT \(connection.version)", fallBack ?? connection.version.meaning,
        isLimiting: fallBack != nil))
    facts.append(
      Fact("CONNACK after", Format.elapsed(connection.roundTrip), "How long the broker took to accept us."))
    facts.append(
      Fact(
        "last ping", status.lastPong.map(Format.elapsed) ?? "none yet",
        "Round trip of PINGREQ and PINGRESP; p asks now."))
    return FactGroup(heading: "Connection", facts: facts)
  }

  /// The session.
  static func session(_ status: ConnectionStatus) -> FactGroup {
    let (asked, connection) = (status.asked, status.facts)
    let properties = connection?.properties ?? []
    let isAssigned = properties.assignedClientIdentifier != nil
    var facts = [
      Fact(
        "client identifier", status.clientID.isEmpty ? "(empty)" : status.clientID,
        isAssigned
          ? "The broker chose it."
          : status.clientID.isEmpty
            ? "None of ours: the broker chooses one for each connection."
            : "Ours; a second client of this name would end our connection.")
    ]
    guard let asked else { return FactGroup(heading: "Session", facts: facts) }
    facts += [
      Fact("user name", asked.username ?? "none", asked.username == nil ? "We are anonymous to the broker." : ""),
      Fact(
        connection?.version == .v3_1_1 ? "clean session" : "clean start", asked.cleanStart ? "yes" : "no",
        asked.cleanStart ? "Each connection begins with an empty session." : "An earlier session is taken up again."),
    ]
    if let connection {
      let words = connection.sessionPresent ? "The broker kept our session." : "The broker began a new session."
      facts.append(Fact("session present", connection.sessionPresent ? "yes" : "no", words))
    }
    if connection?.version != .v3_1_1 { facts.append(expiry(asked: asked.properties, properties)) }
    if let connection { facts.append(keepAlive(asked: asked.keepAlive, connection)) }
    facts.append(
      Fact(
        "will", asked.willTopic ?? "none",
        asked.willTopic == nil ? "Nothing is published if we vanish." : "Published here if we vanish without goodbye."))
    return FactGroup(heading: "Session", facts: facts)
  }

  private static func expiry(asked: Properties, _ connack: Properties) -> Fact {
    let ours = asked.sessionExpiryInterval ?? 0
    let seconds = connack.sessionExpiryInterval ?? ours
    let value = seconds == .max ? "never" : seconds == 0 ? "at once" : "after \(Format.count(seconds)) s"
    let isOverruled = seconds != ours
    return Fact(
      "session expires", value,
      isOverruled
        ? "We asked for \(Format.count(ours)) s; the broker overruled it."
        : "How long the broker keeps the session once we are gone.", isLimiting: isOverruled)
  }

  private static func keepAlive(asked: UInt16, _ connection: MQTTClient.Connection) -> Fact {
    let seconds = connection.keepAlive
    let isOverruled = seconds != asked
    return Fact(
      "keep alive", seconds == 0 ? "none" : "\(seconds) s",
      isOverruled
        ? "We asked for \(asked) s; the broker overruled it."
        : seconds == 0
          ? "A dead line is not noticed." : "After so long a silence we ping; a dead line is noticed soon.",
      isLimiting: isOverruled)
  }
}

extension ConnectionStatus {
  /// Where the connection stands, in a few words.
  fileprivate var stateWords: String {
    switch phase {
    case .awaitingPassword: "waiting for the password command"
    case .connecting(let attempt): attempt > 1 ? "connecting, attempt \(attempt)" : "connecting"
    case .connected: "connected"
    case .waiting: "waiting for the next attempt"
    case .stopped: "not connected"
    }
  }
}

extension Endpoint {
  /// What the way to the broker means for what is sent on it.
  fileprivate var meaning: String {
    switch self {
    case .tcp: "TCP without encryption: whoever is on the way can read everything."
    case .webSocket: "WebSocket without encryption: whoever is on the way can read everything."
    case .tls: "TCP with TLS; below is whether we know who is at its end."
    case .secureWebSocket: "WebSocket with TLS; below is whether we know who is at its end."
    case .unix: "A Unix socket: it does not leave this computer."
    }
  }
}

extension ProtocolVersion {
  fileprivate var meaning: String {
    switch self {
    case .v5: "Reasons, properties, and limits that are told."
    case .v3_1_1: "It has no reasons for refusals, no properties, and tells no limits."
    }
  }
}
