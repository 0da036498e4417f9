/// A property of MQTT 5.0 with its value.
///
/// Times are in seconds, sizes in bytes. Source: MQTT 5.0, table 2-4.
public enum Property: Hashable, Sendable {
  /// Whether the payload is text.
  case payloadFormatIndicator(PayloadFormat)
  /// How long the message is worth delivering.
  case messageExpiryInterval(UInt32)
  /// What the payload is, usually a media type.
  case contentType(String)
  /// The topic to answer on.
  case responseTopic(String)
  /// What an answer must carry so that the asker knows the question.
  case correlationData([UInt8])
  /// The number of the subscription that a message came by, 1 to 268,435,455.
  case subscriptionIdentifier(UInt32)
  /// How long the session outlives the connection; `UInt32.max` is for ever.
  case sessionExpiryInterval(UInt32)
  /// The client identifier that the server chose.
  case assignedClientIdentifier(String)
  /// The keep alive that the server wants in place of the client's.
  case serverKeepAlive(UInt16)
  /// The name of the method of enhanced authentication.
  case authenticationMethod(String)
  /// The data of a step of enhanced authentication.
  case authenticationData([UInt8])
  /// Whether the server may send reason strings and user properties on failures.
  case requestProblemInformation(Bool)
  /// How long the server waits before it publishes the will.
  case willDelayInterval(UInt32)
  /// Whether the client wants response information in CONNACK.
  case requestResponseInformation(Bool)
  /// What the client may build response topics from.
  case responseInformation(String)
  /// Another server to use.
  case serverReference(String)
  /// Words for people about the outcome.
  case reasonString(String)
  /// How many deliveries of QoS 1 and 2 may be under way at once, 1 or more.
  case receiveMaximum(UInt16)
  /// The highest topic alias that the sender of this accepts.
  case topicAliasMaximum(UInt16)
  /// A number in place of the topic, 1 or more.
  case topicAlias(UInt16)
  /// The highest QoS that the server accepts, 0 or 1.
  case maximumQoS(QoS)
  /// Whether the server keeps retained messages.
  case retainAvailable(Bool)
  /// A name and a value that the application chose.
  case userProperty(UserProperty)
  /// The largest packet that the sender of this accepts, 1 or more.
  case maximumPacketSize(UInt32)
  /// Whether the server allows wildcards.
  case wildcardSubscriptionAvailable(Bool)
  /// Whether the server allows subscription identifiers.
  case subscriptionIdentifierAvailable(Bool)
  /// Whether the server allows shared subscriptions.
  case sharedSubscriptionAvailable(Bool)
}

/// What the sender says about a payload.
public enum PayloadFormat: UInt8, Sendable {
  /// Nothing is said.
  case unspecified = 0
  /// The payload is UTF-8 text.
  case utf8 = 1
}

/// A name and a value that the application chose; the same name may come more than once.
public struct UserProperty: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The value.
  public var value: String

  /// A pair.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
