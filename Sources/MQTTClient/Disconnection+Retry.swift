import MQTT

extension Disconnection.Reason {
  /// Whether another attempt may end differently without anybody's help.
  var mayPass: Bool {
    switch self {
    // A file or a stranger on the port stays what it is until somebody sees to it
    case .requested, .unsendable, .unusableFile, .notMQTT, .probablyTakenOver, .unknownSession, .notAuthenticated: false
    case .refused(let code, _, _): !Self.lastingRefusals.contains(code)
    case .dismissed(let code, _): !Self.lastingDismissals.contains(code)
    case .tls(let failure): failure.mayPass
    case .webSocket(let failure): failure.mayPass
    case .proxy(let failure): failure.mayPass
    case .closed, .unknownHost, .connectionRefused, .noSocket, .timedOut, .network, .keepAliveLost, .malformed,
      .protocolError:
      true
    }
  }

  /// Whether this is how a broker says that it does not speak the version of our CONNECT.
  ///
  /// Some say so as the standard has it, some in the words of the older version, some just close.
  var refusesVersion: Bool {
    switch self {
    case .refused(.unsupportedProtocolVersion, _, _), .closed(wasAccepted: false): true
    default: false
    }
  }

  private static let lastingRefusals: Set<ReasonCode> = [
    .malformedPacket, .protocolError, .unsupportedProtocolVersion, .clientIdentifierNotValid, .badUserNameOrPassword,
    .notAuthorized, .banned, .badAuthenticationMethod, .topicNameInvalid, .packetTooLarge, .payloadFormatInvalid,
    .retainNotSupported, .qosNotSupported, .serverMoved,
    .useAnotherServer,
  ]

  // Two clients of one identifier that both come back would dismiss each other for ever
  private static let lastingDismissals: Set<ReasonCode> = [
    .sessionTakenOver, .notAuthorized, .badAuthenticationMethod, .administrativeAction, .serverMoved,
    .useAnotherServer,
  ]
}

extension Disconnection.Reason {
  /// The servers that the broker named in its place, such as `other.example:1883`: told, never followed by itself.
  ///
  /// Source: MQTT 5.0, 4.11.
  public var serverReferences: [String] {
    switch self {
    case .refused(let code, let properties, _), .dismissed(let code, let properties):
      guard code == .useAnotherServer || code == .serverMoved, let text = properties.serverReference else { return [] }
      return text.split(separator: " ").map(String.init)
    default: return []
    }
  }
}
