import MQTT

/// What a broker may say, and when.
extension FuzzClient {
  /// Fails if this packet is not allowed now.
  mutating func hear(_ packet: Packet, size: Int, _ session: inout FuzzSession) throws(FuzzFailure) {
    try FuzzFailure.unless(phase == .opened || phase == .connected, "\(packet) on a connection that is \(phase)")
    try FuzzFailure.unless(size <= maximumPacketSize, "\(size) bytes where \(maximumPacketSize) are taken: \(packet)")
    if phase == .opened { return try hearFirst(packet, &session) }
    switch packet {
    case .publish(let publish): try hear(publish, &session)
    case .puback(let step): try hearAnswer(.puback, step)
    case .pubrec(let step): try hearAnswer(.pubrec, step)
    case .pubcomp(let step): try hearAnswer(.pubcomp, step)
    case .pubrel(let step):
      // Said again on a new connection, or in answer to PUBREC [MQTT-4.3.3-4]
      let isAgain = session.unfinished[step.packetID] == .awaitingPubcomp
      try FuzzFailure.unless(releases.contains(step.packetID) || isAgain, "PUBREL \(step.packetID) without PUBREC")
      if isAgain { underway.insert(step.packetID) }
    case .suback(let answer): try hear(answer, &session)
    case .unsuback(let answer):
      guard let place = unsubscribes.firstIndex(where: { $0.packetID == answer.packetID }) else {
        throw FuzzFailure("UNSUBACK of nothing: \(answer)")
      }
      let request = unsubscribes.remove(at: place)
      try FuzzFailure.unless(
        version == .v3_1_1 || answer.reasonCodes.count == request.filters.count, "\(answer) to \(request)")
    case .pingresp:
      pings -= 1
      try FuzzFailure.unless(pings >= 0, "PINGRESP of nothing")
    case .disconnect: try FuzzFailure.unless(version == .v5, "DISCONNECT in 3.1.1")
    case .auth:
      try FuzzFailure.unless(connect?.properties.authenticationMethod != nil, "AUTH to a client without a method")
    case .connect, .connack, .subscribe, .unsubscribe, .pingreq: throw FuzzFailure("\(packet) of a server")
    }
  }

  private mutating func hearFirst(_ packet: Packet, _ session: inout FuzzSession) throws(FuzzFailure) {
    guard case .connack(let answer) = packet else {
      if case .auth = packet { return }
      throw FuzzFailure("\(packet) before CONNACK")
    }
    guard answer.reasonCode == .success else {
      return try FuzzFailure.unless(!answer.sessionPresent, "a session for one who is refused")  // [MQTT-3.2.2-6]
    }
    try FuzzFailure.unless(
      !answer.sessionPresent || connect?.cleanStart == false, "a session in spite of a clean start")
    session.accepted(isPresent: answer.sessionPresent, maximumPacketSize)
    phase = .connected
  }

  private mutating func hearAnswer(_ type: PacketType, _ step: Acknowledgement) throws(FuzzFailure) {
    guard let place = answers[type]?.firstIndex(of: step.packetID) else {
      throw FuzzFailure("\(type) of nothing: \(step)")
    }
    answers[type]?.remove(at: place)
  }

  private mutating func hear(_ answer: Suback, _ session: inout FuzzSession) throws(FuzzFailure) {
    guard let place = subscribes.firstIndex(where: { $0.packetID == answer.packetID }) else {
      throw FuzzFailure("SUBACK of nothing: \(answer)")
    }
    let request = subscribes.remove(at: place)
    try FuzzFailure.unless(answer.reasonCodes.count == request.subscriptions.count, "\(answer) to \(request)")
    for (subscription, code) in zip(request.subscriptions, answer.reasonCodes) where !code.isError {
      guard let qos = QoS(rawValue: code.rawValue), qos <= subscription.qos else {
        throw FuzzFailure("\(code) granted for \(subscription)")
      }
      session.granted[subscription.filter] = max(session.granted[subscription.filter] ?? qos, qos)
      session.identifiers.formUnion(request.properties.subscriptionIdentifiers)
    }
  }

  private mutating func hear(_ message: Publish, _ session: inout FuzzSession) throws(FuzzFailure) {
    let topic = try topic(of: message)
    var most: QoS?
    for (filter, qos) in session.granted where Self.matches(filter, topic) { most = max(most ?? qos, qos) }
    guard let most else { throw FuzzFailure("\(topic) matches none of \(session.granted.keys)") }
    try FuzzFailure.unless(message.qos <= most, "\(message.qos) where \(most) was granted: \(topic)")
    try FuzzFailure.unless(
      session.identifiers.isSuperset(of: message.properties.subscriptionIdentifiers), "an identifier of nothing")
    received += 1
    guard let delivery = OutboundDelivery(message.qos) else {
      return try FuzzFailure.unless(!message.isDuplicate, "DUP at QoS 0")
    }
    let id = message.packetID
    guard !session.isBlurred else {
      session.unfinished[id] = delivery
      underway.insert(id)
      return
    }
    try FuzzFailure.unless(!underway.contains(id), "the identifier \(id) is in use")
    if message.isDuplicate {
      try FuzzFailure.unless(session.unfinished[id] == delivery, "DUP of what was not sent, or is released: \(id)")
    } else {
      let isFree = session.unfinished[id] == nil || session.doubtful.contains(id)
      try FuzzFailure.unless(isFree, "the identifier \(id) of an earlier connection is in use")
    }
    session.doubtful.remove(id)
    session.unfinished[id] = delivery
    underway.insert(id)
    // [MQTT-3.3.4-9]
    try FuzzFailure.unless(underway.count <= receiveMaximum, "\(underway) where \(receiveMaximum) are taken")
  }

  private mutating func topic(of message: Publish) throws(FuzzFailure) -> String {
    guard let alias = message.properties.topicAlias else { return message.topic }
    try FuzzFailure.unless((1...max(aliasMaximum, 1)).contains(alias) && aliasMaximum > 0, "the alias \(alias)")
    if !message.topic.isEmpty { aliases[alias] = message.topic }
    guard let topic = aliases[alias] else { throw FuzzFailure("an alias of nothing") }
    return topic
  }

  private static func matches(_ filter: String, _ topic: String) -> Bool {
    // A session may have been subscribed to by another version before, in which a share is a filter like any other
    for version in ProtocolVersion.allCases {
      if let filter = try? TopicFilter(filter, version: version), filter.matches(topic: topic) { return true }
    }
    return false
  }
}
