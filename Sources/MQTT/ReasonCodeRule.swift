/// The table of the standard: each reason code with its words, and the packets it may stand in.
///
/// Source: MQTT 5.0, tables 2-6, 3-10 and 3-11.
struct ReasonCodeRule {
  let code: ReasonCode
  let words: String
  let packets: PacketSet
  /// The only side that may send it, where a packet travels both ways.
  let sender: Side?

  private init(_ code: ReasonCode, _ words: String, _ packets: PacketSet, by sender: Side? = nil) {
    self.code = code
    self.words = words
    self.packets = packets
    self.sender = sender
  }

  static let all: [ReasonCodeRule] = [
    .init(.success, "Success", [.connack, .puback, .pubrec, .pubrel, .pubcomp, .unsuback]),
    .init(.success, "Success", .auth, by: .server),
    .init(.success, "Normal disconnection", .disconnect),
    .init(.success, "Granted QoS 0", .suback),
    .init(.grantedQoS1, "Granted QoS 1", .suback),
    .init(.grantedQoS2, "Granted QoS 2", .suback),
    .init(.disconnectWithWillMessage, "Disconnect with will message", .disconnect, by: .client),
    .init(.noMatchingSubscribers, "No matching subscribers", [.puback, .pubrec]),
    .init(.noSubscriptionExisted, "No subscription existed", .unsuback),
    .init(.continueAuthentication, "Continue authentication", .auth),
    .init(.reauthenticate, "Re-authenticate", .auth, by: .client),
    .init(.unspecifiedError, "Unspecified error", [.connack, .puback, .pubrec, .suback, .unsuback, .disconnect]),
    .init(.malformedPacket, "Malformed packet", [.connack, .disconnect]),
    .init(.protocolError, "Protocol error", [.connack, .disconnect]),
    .init(
      .implementationSpecificError, "Implementation specific error",
      [.connack, .puback, .pubrec, .suback, .unsuback, .disconnect]),
    .init(.unsupportedProtocolVersion, "Unsupported protocol version", .connack),
    .init(.clientIdentifierNotValid, "Client identifier not valid", .connack),
    .init(.badUserNameOrPassword, "Bad user name or password", .connack),
    .init(.notAuthorized, "Not authorized", [.connack, .puback, .pubrec, .suback, .unsuback]),
    .init(.notAuthorized, "Not authorized", .disconnect, by: .server),
    .init(.serverUnavailable, "Server unavailable", .connack),
    .init(.serverBusy, "Server busy", [.connack, .disconnect], by: .server),
    .init(.banned, "Banned", .connack),
    .init(.serverShuttingDown, "Server shutting down", .disconnect, by: .server),
    .init(.badAuthenticationMethod, "Bad authentication method", [.connack, .disconnect], by: .server),
    .init(.keepAliveTimeout, "Keep alive timeout", .disconnect, by: .server),
    .init(.sessionTakenOver, "Session taken over", .disconnect, by: .server),
    .init(.topicFilterInvalid, "Topic filter invalid", [.suback, .unsuback, .disconnect], by: .server),
    .init(.topicNameInvalid, "Topic name invalid", [.connack, .puback, .pubrec, .disconnect]),
    .init(.packetIdentifierInUse, "Packet identifier in use", [.puback, .pubrec, .suback, .unsuback]),
    .init(.packetIdentifierNotFound, "Packet identifier not found", [.pubrel, .pubcomp]),
    .init(.receiveMaximumExceeded, "Receive maximum exceeded", .disconnect),
    .init(.topicAliasInvalid, "Topic alias invalid", .disconnect),
    .init(.packetTooLarge, "Packet too large", [.connack, .disconnect]),
    .init(.messageRateTooHigh, "Message rate too high", .disconnect),
    .init(.quotaExceeded, "Quota exceeded", [.connack, .puback, .pubrec, .suback, .disconnect]),
    .init(.administrativeAction, "Administrative action", .disconnect),
    .init(.payloadFormatInvalid, "Payload format invalid", [.connack, .puback, .pubrec, .disconnect]),
    .init(.retainNotSupported, "Retain not supported", [.connack, .disconnect], by: .server),
    .init(.qosNotSupported, "QoS not supported", [.connack, .disconnect]),
    .init(.useAnotherServer, "Use another server", [.connack, .disconnect], by: .server),
    .init(.serverMoved, "Server moved", [.connack, .disconnect], by: .server),
    .init(.sharedSubscriptionsNotSupported, "Shared subscriptions not supported", [.suback, .disconnect], by: .server),
    .init(.connectionRateExceeded, "Connection rate exceeded", [.connack, .disconnect], by: .server),
    .init(.maximumConnectTime, "Maximum connect time", .disconnect, by: .server),
    .init(
      .subscriptionIdentifiersNotSupported, "Subscription identifiers not supported",
      [.suback, .disconnect], by: .server),
    .init(
      .wildcardSubscriptionsNotSupported, "Wildcard subscriptions not supported",
      [.suback, .disconnect], by: .server),
  ]
}
