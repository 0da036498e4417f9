import MQTT

/// What holds for one connection and ends with it: the broker's limits, the send quota, aliases, keep alive.
struct Link: Equatable, Sendable {
  /// The version in whose words the broker refuses us, if it is not that of our CONNECT.
  var refusalVersion: ProtocolVersion?
  /// The largest packet the broker accepts, in bytes.
  let maximumPacketSize: Int
  /// How many deliveries the broker accepts at once.
  let receiveMaximum: UInt16
  private let maximumQoS: QoS
  private let retainAvailable: Bool
  private let topicAliasMaximum: UInt16
  private let wildcards: Bool
  private let shared: Bool
  private let identifiers: Bool

  /// When the broker accepted us; nil until then.
  let acceptedAt: Int64?
  /// How many more deliveries of QoS 1 and 2 may be started.
  var quota: UInt16
  /// Whether the network takes more bytes.
  var isWritable = true
  var keepAlive: KeepAlive
  /// The deliveries of QoS 2 that the broker began on this connection: only they count against our receive maximum.
  var inbound = InboundDelivery()
  /// What the broker numbered.
  var inboundAliases = TopicAliases()
  private var outboundAliases: [UInt16: String] = [:]
  private var aliasOfTopic: [String: UInt16] = [:]

  /// The defaults of the standard, until CONNACK says otherwise.
  init() { self.init([], keepAlive: 0, acceptedAt: nil) }

  /// The limits that CONNACK states, or the defaults of the standard; `receiveMaximum` is for one that cannot state it.
  init(_ properties: Properties, keepAlive: UInt16, acceptedAt: Int64?, receiveMaximum unstated: UInt16 = 65_535) {
    maximumPacketSize = properties.maximumPacketSize.map(Int.init) ?? 268_435_460
    receiveMaximum = properties.receiveMaximum ?? unstated
    maximumQoS = properties.maximumQoS ?? .exactlyOnce
    retainAvailable = properties.retainAvailable ?? true
    topicAliasMaximum = properties.topicAliasMaximum ?? 0
    wildcards = properties.wildcardSubscriptionAvailable ?? true
    shared = properties.sharedSubscriptionAvailable ?? true
    identifiers = properties.subscriptionIdentifierAvailable ?? true
    self.acceptedAt = acceptedAt
    quota = receiveMaximum
    self.keepAlive = KeepAlive(seconds: keepAlive, at: acceptedAt ?? 0)
  }

  /// Why the broker does not take this message, by the limits it stated.
  func refusal(of message: Message) -> RequestError? {
    if let refusal = refusal(of: message.qos, isRetained: message.isRetained) { return refusal }
    guard let alias = message.properties.topicAlias else { return nil }
    if alias == 0 || alias > topicAliasMaximum {  // [MQTT-3.2.2-17]
      return .topicAlias(alias, maximum: topicAliasMaximum)
    }
    return message.topic.isEmpty && outboundAliases[alias] == nil ? .unknownTopicAlias(alias) : nil
  }

  /// Why the broker takes no message of this kind, by the limits it stated.
  func refusal(of qos: QoS, isRetained: Bool) -> RequestError? {
    if qos > maximumQoS { return .maximumQoS(maximumQoS) }  // [MQTT-3.2.2-11]
    return isRetained && !retainAvailable ? .retainNotAvailable : nil  // [MQTT-3.2.2-14]
  }

  /// Why the broker does not take this subscription, by the limits it stated.
  func refusal(of subscription: Subscription, _ properties: Properties) -> ReasonCode? {
    let levels = subscription.filter.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if !shared, levels.first.map({ $0.elementsEqual("$share".utf8) }) == true {
      return .sharedSubscriptionsNotSupported
    }
    let isWildcard = levels.contains { $0.elementsEqual("#".utf8) || $0.elementsEqual("+".utf8) }
    if !wildcards, isWildcard { return .wildcardSubscriptionsNotSupported }
    if !identifiers, !properties.subscriptionIdentifiers.isEmpty { return .subscriptionIdentifiersNotSupported }
    return nil
  }

  /// The message with a number for its topic, and without the topic if the broker has learned the number before; nil if
  /// there is no number left, or the message has one already.
  func withAlias(_ publish: Publish) -> Publish? {
    guard publish.properties.topicAlias == nil else { return nil }
    var numbered = publish
    if let alias = aliasOfTopic[publish.topic], outboundAliases[alias] == publish.topic {
      numbered.topic = ""
      numbered.properties.append(.topicAlias(alias))
      return numbered
    }
    // Numbers are given from 1 on, and none twice: a broker that takes few gets the topics that came first
    guard outboundAliases.count < Int(topicAliasMaximum) else { return nil }
    let next = (1...topicAliasMaximum).first { outboundAliases[$0] == nil }
    guard let next else { return nil }
    numbered.properties.append(.topicAlias(next))
    return numbered
  }

  /// The message as it must be if it is sent again on another connection: with its topic, without an alias.
  mutating func withoutAlias(_ publish: Publish) -> Publish {
    guard let alias = publish.properties.topicAlias else { return publish }
    var whole = publish
    if publish.topic.isEmpty {
      whole.topic = outboundAliases[alias] ?? ""
    } else {
      outboundAliases[alias] = publish.topic
      aliasOfTopic[publish.topic] = alias
    }
    whole.properties.list.removeAll { $0 == .topicAlias(alias) }
    return whole
  }
}
