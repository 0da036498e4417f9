extension Property {
  /// A value as it is written, apart from the width of a number, which the rule of the property gives.
  enum Content {
    case number(UInt32)
    case flag(Bool)
    case text(String)
    case binary([UInt8])
    case pair(UserProperty)
  }

  /// The number of the property on the wire, and its value.
  var content: (identifier: UInt8, value: Content) {
    switch self {
    case .payloadFormatIndicator(let format): (0x01, .number(UInt32(format.rawValue)))
    case .messageExpiryInterval(let number): (0x02, .number(number))
    case .contentType(let text): (0x03, .text(text))
    case .responseTopic(let text): (0x08, .text(text))
    case .correlationData(let bytes): (0x09, .binary(bytes))
    case .subscriptionIdentifier(let number): (0x0B, .number(number))
    case .sessionExpiryInterval(let number): (0x11, .number(number))
    case .assignedClientIdentifier(let text): (0x12, .text(text))
    case .serverKeepAlive(let number): (0x13, .number(UInt32(number)))
    case .authenticationMethod(let text): (0x15, .text(text))
    case .authenticationData(let bytes): (0x16, .binary(bytes))
    case .requestProblemInformation(let flag): (0x17, .flag(flag))
    case .willDelayInterval(let number): (0x18, .number(number))
    case .requestResponseInformation(let flag): (0x19, .flag(flag))
    case .responseInformation(let text): (0x1A, .text(text))
    case .serverReference(let text): (0x1C, .text(text))
    case .reasonString(let text): (0x1F, .text(text))
    case .receiveMaximum(let number): (0x21, .number(UInt32(number)))
    case .topicAliasMaximum(let number): (0x22, .number(UInt32(number)))
    case .topicAlias(let number): (0x23, .number(UInt32(number)))
    case .maximumQoS(let qos): (0x24, .number(UInt32(qos.rawValue)))
    case .retainAvailable(let flag): (0x25, .flag(flag))
    case .userProperty(let pair): (0x26, .pair(pair))
    case .maximumPacketSize(let number): (0x27, .number(number))
    case .wildcardSubscriptionAvailable(let flag): (0x28, .flag(flag))
    case .subscriptionIdentifierAvailable(let flag): (0x29, .flag(flag))
    case .sharedSubscriptionAvailable(let flag): (0x2A, .flag(flag))
    }
  }
}
