import MQTT
import NIOCore

/// Packets of clients, each valid for itself, that have to do with one another.
enum FuzzPackets {
  static let codes: [ReasonCode] = [.success, .success, .success, .unspecifiedError]
  private static let topics = ["a", "a/b", "a/b/c", "$x/y", "/", "ä/😀"]
  private static let filters = [
    "#", "a/+", "a/#", "$share/s/a/#", "$share/t/a", "$share/s/#", "a/b", "+", "$x/#", "+/b/#",
  ]

  /// A CONNECT of one of a few clients.
  static func connect(_ version: ProtocolVersion, _ random: inout SplitMix) -> Packet {
    var isClean = Bool.random(using: &random)
    let clientID = ["", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"].randomElement(using: &random) ?? ""
    if clientID.isEmpty, version == .v3_1_1 { isClean = true }
    var properties: Properties = []
    if version == .v5 {
      properties = [.sessionExpiryInterval([0, 2, 10, 100, .max].randomElement(using: &random) ?? 0)]
      if Bool.random(using: &random) { properties.append(.receiveMaximum(.random(in: 1...3, using: &random))) }
      if Bool.random(using: &random) { properties.append(.topicAliasMaximum(.random(in: 0...2, using: &random))) }
      if Int.random(in: 0..<3, using: &random) == 0 {
        properties.append(.maximumPacketSize(.random(in: 1...120, using: &random)))
      }
    }
    return .connect(
      Connect(
        clientID: clientID, cleanStart: isClean, keepAlive: [0, 0, 5].randomElement(using: &random) ?? 0,
        will: Bool.random(using: &random) ? will(version, &random) : nil, properties: properties))
  }

  private static func will(_ version: ProtocolVersion, _ random: inout SplitMix) -> Will {
    let delays: [Properties] = [[], [.willDelayInterval(1)], [.willDelayInterval(50), .messageExpiryInterval(1)]]
    return Will(
      topic: "a/will", payload: ByteBuffer(string: Bool.random(using: &random) ? "x" : ""),
      qos: QoS.allCases.randomElement(using: &random) ?? .atMostOnce, isRetained: Bool.random(using: &random),
      properties: version == .v5 ? delays.randomElement(using: &random) ?? [] : [])
  }

  /// A packet of a client that is connected.
  static func packet(_ version: ProtocolVersion, _ random: inout SplitMix) -> Packet {
    let id = UInt16.random(in: 1...4, using: &random)
    let filter = filters.randomElement(using: &random) ?? "#"
    let step = Acknowledgement(id, codes.randomElement(using: &random) ?? .success)
    switch Int.random(in: 0..<24, using: &random) {
    case 0..<12: return publish(id, version, &random)
    case 12..<16: return subscribe(id, filter, &random)
    case 16: return .unsubscribe(Unsubscribe(packetID: id, filters: [filter, "a"]))
    case 17: return .puback(step)
    case 18: return .pubrec(step)
    case 19, 20: return .pubrel(Acknowledgement(id))
    case 21: return .pubcomp(Acknowledgement(id))
    case 22 where id == 1: return .disconnect(goodbye(version, &random))
    default: return .pingreq
    }
  }

  private static func publish(_ id: UInt16, _ version: ProtocolVersion, _ random: inout SplitMix) -> Packet {
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    var topic = topics.randomElement(using: &random) ?? "a"
    var properties: Properties = []
    if version == .v5 {
      if Int.random(in: 0..<3, using: &random) == 0 { properties.append(.messageExpiryInterval(UInt32(id % 3))) }
      if Int.random(in: 0..<4, using: &random) == 0 {
        properties.append(.topicAlias(id))
        if Int.random(in: 0..<4, using: &random) == 0 { topic = "" }
      }
    }
    let size = [0, 1, 30, 200].randomElement(using: &random) ?? 0
    return .publish(
      Publish(
        topic: topic, payload: ByteBuffer(repeating: 0x78, count: size), qos: qos,
        isRetained: Int.random(in: 0..<3, using: &random) == 0, packetID: qos == .atMostOnce ? 0 : id,
        properties: properties))
  }

  private static func subscribe(_ id: UInt16, _ filter: String, _ random: inout SplitMix) -> Packet {
    let isShared = filter.hasPrefix("$share")
    let subscription = Subscription(
      filter: filter, qos: QoS.allCases.randomElement(using: &random) ?? .atMostOnce,
      noLocal: !isShared && Bool.random(using: &random), retainAsPublished: Bool.random(using: &random),
      retainHandling: Subscription.RetainHandling(rawValue: .random(in: 0...2, using: &random)) ?? .send)
    let own = Subscription(filter: "a/b/c", qos: .exactlyOnce)
    return .subscribe(
      Subscribe(
        packetID: id, subscriptions: [subscription, own],
        properties: Bool.random(using: &random) ? [.subscriptionIdentifier(UInt32(id) * 100)] : []))
  }

  private static func goodbye(_ version: ProtocolVersion, _ random: inout SplitMix) -> Disconnect {
    guard version == .v5 else { return Disconnect() }
    let properties: [Properties] = [[], [.sessionExpiryInterval(0)], [.sessionExpiryInterval(30)]]
    return Disconnect(
      Bool.random(using: &random) ? .success : ReasonCode(rawValue: 0x04),
      properties: properties.randomElement(using: &random) ?? [])
  }
}
