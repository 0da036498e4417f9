extension Properties {
  /// All user properties, in order.
  public var userProperties: [UserProperty] {
    list.compactMap { if case .userProperty(let pair) = $0 { pair } else { nil } }
  }

  /// All subscription identifiers, in order.
  public var subscriptionIdentifiers: [UInt32] {
    list.compactMap { if case .subscriptionIdentifier(let number) = $0 { number } else { nil } }
  }

  /// The payload format indicator, if given.
  public var payloadFormatIndicator: PayloadFormat? {
    first { if case .payloadFormatIndicator(let value) = $0 { value } else { nil } }
  }

  /// The message expiry interval, if given.
  public var messageExpiryInterval: UInt32? {
    first { if case .messageExpiryInterval(let value) = $0 { value } else { nil } }
  }

  /// The content type, if given.
  public var contentType: String? {
    first { if case .contentType(let value) = $0 { value } else { nil } }
  }

  /// The response topic, if given.
  public var responseTopic: String? {
    first { if case .responseTopic(let value) = $0 { value } else { nil } }
  }

  /// The correlation data, if given.
  public var correlationData: [UInt8]? {
    first { if case .correlationData(let value) = $0 { value } else { nil } }
  }

  /// The session expiry interval, if given.
  public var sessionExpiryInterval: UInt32? {
    first { if case .sessionExpiryInterval(let value) = $0 { value } else { nil } }
  }

  /// The assigned client identifier, if given.
  public var assignedClientIdentifier: String? {
    first { if case .assignedClientIdentifier(let value) = $0 { value } else { nil } }
  }

  /// The server keep alive, if given.
  public var serverKeepAlive: UInt16? {
    first { if case .serverKeepAlive(let value) = $0 { value } else { nil } }
  }

  /// The authentication method, if given.
  public var authenticationMethod: String? {
    first { if case .authenticationMethod(let value) = $0 { value } else { nil } }
  }

  /// The authentication data, if given.
  public var authenticationData: [UInt8]? {
    first { if case .authenticationData(let value) = $0 { value } else { nil } }
  }

  /// The request problem information, if given.
  public var requestProblemInformation: Bool? {
    first { if case .requestProblemInformation(let value) = $0 { value } else { nil } }
  }

  /// The will delay interval, if given.
  public var willDelayInterval: UInt32? {
    first { if case .willDelayInterval(let value) = $0 { value } else { nil } }
  }

  /// The request response information, if given.
  public var requestResponseInformation: Bool? {
    first { if case .requestResponseInformation(let value) = $0 { value } else { nil } }
  }

  /// The response information, if given.
  public var responseInformation: String? {
    first { if case .responseInformation(let value) = $0 { value } else { nil } }
  }

  /// The server reference, if given.
  public var serverReference: String? {
    first { if case .serverReference(let value) = $0 { value } else { nil } }
  }

  /// The reason string, if given.
  public var reasonString: String? {
    first { if case .reasonString(let value) = $0 { value } else { nil } }
  }

  /// The receive maximum, if given.
  public var receiveMaximum: UInt16? {
    first { if case .receiveMaximum(let value) = $0 { value } else { nil } }
  }

  /// The topic alias maximum, if given.
  public var topicAliasMaximum: UInt16? {
    first { if case .topicAliasMaximum(let value) = $0 { value } else { nil } }
  }

  /// The topic alias, if given.
  public var topicAlias: UInt16? {
    first { if case .topicAlias(let value) = $0 { value } else { nil } }
  }

  /// The maximum QoS, if given.
  public var maximumQoS: QoS? {
    first { if case .maximumQoS(let value) = $0 { value } else { nil } }
  }

  /// The retain available, if given.
  public var retainAvailable: Bool? {
    first { if case .retainAvailable(let value) = $0 { value } else { nil } }
  }

  /// The maximum packet size, if given.
  public var maximumPacketSize: UInt32? {
    first { if case .maximumPacketSize(let value) = $0 { value } else { nil } }
  }

  /// The wildcard subscription available, if given.
  public var wildcardSubscriptionAvailable: Bool? {
    first { if case .wildcardSubscriptionAvailable(let value) = $0 { value } else { nil } }
  }

  /// The subscription identifier available, if given.
  public var subscriptionIdentifierAvailable: Bool? {
    first { if case .subscriptionIdentifierAvailable(let value) = $0 { value } else { nil } }
  }

  /// The shared subscription available, if given.
  public var sharedSubscriptionAvailable: Bool? {
    first { if case .sharedSubscriptionAvailable(let value) = $0 { value } else { nil } }
  }

  private func first<Value>(_ value: (Property) -> Value?) -> Value? {
    for property in list {
      if let found = value(property) { return found }
    }
    return nil
  }
}
