import MQTT
import MQTTClient
import TopicStore

/// What the broker can do and says of itself.
extension FactGroup {
  /// The limits of CONNACK; 3.1.1 tells none.
  static func limits(_ connection: MQTTClient.Connection) -> FactGroup {
    guard connection.version == .v5 else {
      let fact = Fact("limits", "not told", "MQTT 3.1.1 has no words for them: what is too much is refused or dropped.")
      return FactGroup(heading: "What the broker allows", facts: [fact])
    }
    let terms = connection.properties
    let qos = terms.maximumQoS ?? .exactlyOnce
    let receive = terms.receiveMaximum ?? 65_535
    let aliases = terms.topicAliasMaximum ?? 0
    return FactGroup(
      heading: "What the broker allows",
      facts: [
        Fact(
          "maximum QoS", "\(qos.rawValue)", "The highest QoS we may publish at.", isLimiting: qos < .exactlyOnce),
        available("retained messages", terms.retainAvailable, "It keeps the last message of a topic if asked to."),
        available("wildcards", terms.wildcardSubscriptionAvailable, "Filters with + and # can be subscribed to."),
        available(
          "shared subscriptions", terms.sharedSubscriptionAvailable,
          "Several clients can share the messages of $share/name/filter."),
        available(
          "subscription identifiers", terms.subscriptionIdentifierAvailable,
          "Messages can say by which subscription they came."),
        Fact(
          "receive maximum", Format.count(receive),
          "So many messages of QoS 1 and 2 may be on their way to it at once.",
          isLimiting: receive < 65_535),
        Fact(
          "maximum packet size", terms.maximumPacketSize.map { Format.size($0) } ?? "no limit",
          "A larger packet may not be sent.", isLimiting: terms.maximumPacketSize != nil),
        Fact(
          "topic aliases", aliases == 0 ? "none" : Format.count(aliases),
          "Numbers that we may send in place of long topics."),
      ])
  }

  private static func available(_ name: String, _ said: Bool?, _ meaning: String) -> Fact {
    let isAvailable = said ?? true
    return Fact(
      name, isAvailable ? "yes" : "no", isAvailable ? meaning : "This broker has none.", isLimiting: !isAvailable)
  }

  /// The limits of CONNECT.
  static func ours(_ asked: AskedTerms) -> FactGroup {
    let terms = asked.properties
    let size = min(asked.maximumPacketSize, terms.maximumPacketSize.map(Int.init) ?? .max)
    return FactGroup(
      heading: "What we allow",
      facts: [
        Fact(
          "receive maximum", Format.count(terms.receiveMaximum ?? 65_535),
          "So many messages of QoS 1 and 2 may be on their way to us at once."),
        Fact(
          "maximum packet size", size >= 268_435_460 ? "no limit" : Format.size(size),
          "A larger packet ends the connection."),
        Fact(
          "topic aliases", Format.count(terms.topicAliasMaximum ?? 0), "Numbers that it may send in place of topics."),
      ])
  }

  /// What the broker tells in words; nil if it tells nothing.
  ///
  /// - Parameter system: what its topics below `$SYS/broker` say, by name.
  static func words(_ properties: Properties, system: [(name: String, value: String)]) -> FactGroup? {
    var facts = system.map { Fact($0.name, $0.value, "Published by the broker below $SYS/broker.") }
    if let reason = properties.reasonString { facts.append(Fact("reason string", reason, "Said with CONNACK.")) }
    if let response = properties.responseInformation {
      facts.append(Fact("response information", response, "What response topics of ours should begin with."))
    }
    if let server = properties.serverReference {
      facts.append(Fact("server reference", server, "Another broker to use; nothing is followed by itself."))
    }
    let pairs = properties.userProperties
    facts += pairs.prefix(shownPairs).map { Fact($0.name, $0.value, "A user property of CONNACK.") }
    if pairs.count > shownPairs {
      facts.append(Fact("and more", Format.count(pairs.count - shownPairs), "User properties."))
    }
    return facts.isEmpty ? nil : FactGroup(heading: "What the broker says", facts: facts)
  }

  private static let shownPairs = 50

  /// What came so far.
  static func traffic(_ statistics: Statistics, _ packets: PacketLog) -> FactGroup {
    FactGroup(
      heading: "Traffic",
      facts: [
        Fact(
          "messages", Format.count(statistics.messages),
          "Received since the start, on \(Format.count(statistics.topics)) topics."),
        Fact("bytes", Format.size(statistics.bytes), "Topics, properties and payloads of these messages."),
        Fact(
          "rate", "\(Format.number(statistics.messagesPerSecond)) msg/s",
          "\(Format.number(statistics.meanMessagesPerSecond)) a second on average."),
        Fact("packets kept", Format.count(packets.packetCount), "\(Format.size(packets.cost)) of them; L shows them."),
      ])
  }
}
