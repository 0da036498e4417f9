import MQTT
import MQTTClient
import Terminal

/// What the broker's reason codes mean for the person who was turned away.
extension Explanation {
  mutating func refuse(
    _ code: ReasonCode, _ properties: Properties, in packet: PacketType, of version: ProtocolVersion,
    _ known: Circumstances
  ) {
    let number = code.number(in: packet, of: version)
    why = ["The broker sent \(packet) with \(number) (0x\(hexadecimal(number))) \(code.words(in: packet))."]
    if let reason = properties.reasonString { why.append("It says: “\(Self.clipped(reason))”.") }
    if let server = properties.serverReference { why.append("It names another server: \(Self.clipped(server)).") }
    let pairs = properties.userProperties
    why += pairs.prefix(Self.shownPairs).map { "It says \(Self.clipped("\($0.name): \($0.value)"))" }
    if pairs.count > Self.shownPairs { why.append("It says \(pairs.count - Self.shownPairs) more such things.") }
    tries = Self.help(against: code, known)
  }

  private static let shownPairs = 8

  /// Words of the broker, which may send 65,535 bytes of them.
  private static func clipped(_ words: String) -> String { TextWidth.clip(words, to: 400) }

  static func help(againstTakeOverOf known: Circumstances) -> [String] {
    [
      known.offer.map { "\($0.sentence) So both can live." },
      "Should only this one live? End the other client that connects as \(known.clientID).",
      "For the next start: --client-id NAME, or none, which is unique.",
    ].compactMap(\.self)
  }

  private func hexadecimal(_ number: UInt8) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }

  private static var passwordSources: String {
    "It comes from the profile, MQTTSCOPE_PASSWORD, --password-file, --password-command, or the prompt."
  }

  private static func help(against code: ReasonCode, _ known: Circumstances) -> [String] {
    let user = known.username.map { "the user \($0)" } ?? "anonymous clients"
    switch code {
    case .badUserNameOrPassword:
      return [
        known.username == nil
          ? "It wants a user: --username NAME; the password is asked for."
          : "Is the password of \(user) right? \(passwordSources)",
        "Some brokers answer so when the client identifier is not the one that belongs to the user: --client-id NAME.",
      ]
    case .notAuthorized:
      return [
        known.username == nil
          ? "It does not let \(user) in: --username NAME; the password is asked for."
          : "Is the password of \(user) right? Many brokers answer a wrong one so. \(passwordSources)",
        known.username.map { _ in "Does the broker know \(user), and may it connect from here?" },
        "The client identifier, \(known.identifier), may not be allowed: --client-id NAME.",
      ].compactMap(\.self)
    case .unsupportedProtocolVersion:
      return ["Try the other version, unless both were tried, as auto does: --protocol 3.1.1 or --protocol 5."]
    case .clientIdentifierNotValid:
      return [
        "It did not like our identifier, \(known.identifier): give another with --client-id NAME, short, of letters and digits.",
        "Brokers in the cloud often want the name of a registered device.",
      ]
    case .banned:
      return ["Ask who runs the broker; a ban may be for this user, this identifier, or this address."]
    case .serverBusy, .serverUnavailable, .serverShuttingDown:
      return ["It is tried again after a while; r tries at once.", "Who runs the broker may know of a restart."]
    case .quotaExceeded, .messageRateTooHigh, .connectionRateExceeded:
      return [
        "It limits how much or how often: wait before r, and ask for less with -t FILTER.",
        "Another client of the same account may use the quota up.",
      ]
    case .useAnotherServer, .serverMoved:
      return ["Go there only if you trust it: it is never followed by itself.", known.offer?.sentence].compactMap(
        \.self)
    case .sessionTakenOver:
      return ["Another client has connected as \(known.clientID), so the broker ended this connection."]
        + help(againstTakeOverOf: known)
    case .badAuthenticationMethod:
      return [
        "The broker wants another way to authenticate than the one that was asked for.",
        "Some brokers answer so when the password is wrong. \(passwordSources)",
      ]
    case .packetTooLarge:
      return ["A packet of ours was larger than it accepts; i shows its limit once it is connected."]
    case .retainNotSupported, .qosNotSupported:
      return ["The will or a message asked for what it does not offer: lower its QoS, or do not retain it."]
    case .malformedPacket, .protocolError, .topicAliasInvalid, .receiveMaximumExceeded:
      return [
        "It says that we broke the protocol; L shows the packets that led to it.",
        "w there saves them: a report with them is welcome.",
      ]
    case .keepAliveTimeout:
      return ["It did not hear us for too long: a shorter --keep-alive helps on a slow way."]
    case .administrativeAction, .maximumConnectTime:
      return ["Somebody or a rule there ended the connection; r connects again."]
    default:
      return ["The broker's own log names the reason.", "r tries again."]
    }
  }
}
