/// Says how an operation ended. Codes below 0x80 are success.
///
/// The return codes of CONNACK in 3.1.1 are read and written as the codes of 5.0 that mean the same.
///
/// Source: MQTT 5.0, 2.4.
public struct ReasonCode: RawRepresentable, Hashable, Sendable {
  /// The byte on the wire.
  public let rawValue: UInt8

  /// A code of any value, of the standard or not.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Whether the operation failed.
  public var isError: Bool { rawValue >= 0x80 }
}

extension ReasonCode {
  /// The operation succeeded; in SUBACK, QoS 0 was granted; in DISCONNECT, a normal end.
  public static let success = ReasonCode(rawValue: 0x00)
  /// QoS 1 was granted.
  public static let grantedQoS1 = ReasonCode(rawValue: 0x01)
  /// QoS 2 was granted.
  public static let grantedQoS2 = ReasonCode(rawValue: 0x02)
  /// The client leaves and wants its will published.
  public static let disconnectWithWillMessage = ReasonCode(rawValue: 0x04)
  /// The message was accepted, and nobody is subscribed to its topic.
  public static let noMatchingSubscribers = ReasonCode(rawValue: 0x10)
  /// There was nothing to unsubscribe from.
  public static let noSubscriptionExisted = ReasonCode(rawValue: 0x11)
  /// Another step of the authentication follows.
  public static let continueAuthentication = ReasonCode(rawValue: 0x18)
  /// The client starts its authentication anew.
  public static let reauthenticate = ReasonCode(rawValue: 0x19)
  /// The sender does not say why.
  public static let unspecifiedError = ReasonCode(rawValue: 0x80)
  /// A packet could not be parsed.
  public static let malformedPacket = ReasonCode(rawValue: 0x81)
  /// A packet came out of order or says what it must not.
  public static let protocolError = ReasonCode(rawValue: 0x82)
  /// The packet is valid, and this receiver cannot process it.
  public static let implementationSpecificError = ReasonCode(rawValue: 0x83)
  /// The server does not speak this version.
  public static let unsupportedProtocolVersion = ReasonCode(rawValue: 0x84)
  /// The server does not allow this client identifier.
  public static let clientIdentifierNotValid = ReasonCode(rawValue: 0x85)
  /// The server does not accept these credentials.
  public static let badUserNameOrPassword = ReasonCode(rawValue: 0x86)
  /// The client may not do this.
  public static let notAuthorized = ReasonCode(rawValue: 0x87)
  /// The server is not available.
  public static let serverUnavailable = ReasonCode(rawValue: 0x88)
  /// The server is busy; try later.
  public static let serverBusy = ReasonCode(rawValue: 0x89)
  /// The client was banned by an administrator.
  public static let banned = ReasonCode(rawValue: 0x8A)
  /// The server is shutting down.
  public static let serverShuttingDown = ReasonCode(rawValue: 0x8B)
  /// The authentication method is not supported, or not the one in use.
  public static let badAuthenticationMethod = ReasonCode(rawValue: 0x8C)
  /// Nothing was heard for one and a half times the keep alive.
  public static let keepAliveTimeout = ReasonCode(rawValue: 0x8D)
  /// Another connection uses the same client identifier.
  public static let sessionTakenOver = ReasonCode(rawValue: 0x8E)
  /// The filter is well formed and not accepted.
  public static let topicFilterInvalid = ReasonCode(rawValue: 0x8F)
  /// The topic is well formed and not accepted.
  public static let topicNameInvalid = ReasonCode(rawValue: 0x90)
  /// The packet identifier is already in use.
  public static let packetIdentifierInUse = ReasonCode(rawValue: 0x91)
  /// The packet identifier is not known.
  public static let packetIdentifierNotFound = ReasonCode(rawValue: 0x92)
  /// More deliveries were under way than the receiver allowed.
  public static let receiveMaximumExceeded = ReasonCode(rawValue: 0x93)
  /// The topic alias is zero or above the maximum.
  public static let topicAliasInvalid = ReasonCode(rawValue: 0x94)
  /// A packet is larger than the receiver allowed.
  public static let packetTooLarge = ReasonCode(rawValue: 0x95)
  /// Messages arrive too fast.
  public static let messageRateTooHigh = ReasonCode(rawValue: 0x96)
  /// A limit of the implementation or of its administrator was exceeded.
  public static let quotaExceeded = ReasonCode(rawValue: 0x97)
  /// An administrator closed the connection.
  public static let administrativeAction = ReasonCode(rawValue: 0x98)
  /// The payload is not what its format indicator says.
  public static let payloadFormatInvalid = ReasonCode(rawValue: 0x99)
  /// The server does not keep retained messages.
  public static let retainNotSupported = ReasonCode(rawValue: 0x9A)
  /// The server does not support this QoS.
  public static let qosNotSupported = ReasonCode(rawValue: 0x9B)
  /// Use another server for now.
  public static let useAnotherServer = ReasonCode(rawValue: 0x9C)
  /// Use another server from now on.
  public static let serverMoved = ReasonCode(rawValue: 0x9D)
  /// The server has no shared subscriptions for this client.
  public static let sharedSubscriptionsNotSupported = ReasonCode(rawValue: 0x9E)
  /// Connections are made too fast.
  public static let connectionRateExceeded = ReasonCode(rawValue: 0x9F)
  /// The time allowed for this connection is over.
  public static let maximumConnectTime = ReasonCode(rawValue: 0xA0)
  /// The server has no subscription identifiers.
  public static let subscriptionIdentifiersNotSupported = ReasonCode(rawValue: 0xA1)
  /// The server allows no wildcards.
  public static let wildcardSubscriptionsNotSupported = ReasonCode(rawValue: 0xA2)
}

extension ReasonCode: CustomStringConvertible {
  /// What users read, such as `No matching subscribers`.
  public var description: String {
    ReasonCodeRule.all.first { $0.code == self }?.words ?? "Unknown reason code \(rawValue)"
  }

  /// What users read where the packet changes the meaning of zero, such as `Granted QoS 0` in SUBACK.
  public func words(in packet: PacketType) -> String {
    let rule = ReasonCodeRule.all.first { $0.code == self && $0.packets.contains(PacketSet(packet)) }
    return rule?.words ?? description
  }
}

extension ReasonCode {
  /// Whether the code may stand in a packet from this side. Source: MQTT 5.0, table 2-6.
  func isAllowed(in packet: PacketType, from sender: Side) -> Bool {
    ReasonCodeRule.all.contains { rule in
      guard rule.code == self, rule.packets.contains(PacketSet(packet)) else { return false }
      return rule.sender == nil || rule.sender == sender
    }
  }
}
