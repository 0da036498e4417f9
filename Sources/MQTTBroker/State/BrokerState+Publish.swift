import MQTT
import NIOCore

/// PUBLISH of clients.
extension BrokerState {
  /// Messages came, one behind the other in the bytes of a read.
  mutating func receive(_ views: [PublishView], in bytes: ByteBuffer, from place: Int, at now: Int64) {
    connections[place].heardAt = now
    for view in views {
      statistics.packetsReceived += 1
      switch connections[place].phase {
      case .free, .closing: return
      case .opened: return close(place)  // [MQTT-3.1.0-1]
      case .authenticating: return rejectConnect(place, .protocolError)
      case .connected: receive(view, in: bytes, from: place, of: connections[place].session, at: now)
      }
    }
  }

  private mutating func receive(
    _ view: PublishView, in bytes: ByteBuffer, from place: Int, of session: Int, at now: Int64
  ) {
    statistics.publishesReceived += 1
    statistics.publishBytesReceived += view.payload.count
    if view.qos > limits.maximumQoS { return refuse(place, .qosNotSupported, at: now) }  // [MQTT-3.2.2-11]
    if view.isRetained, !limits.retainAvailable {  // [MQTT-3.2.2-14]
      return refuse(place, .retainNotSupported, at: now)
    }
    let span = bytes.readableBytesSpan
    var topic: [UInt8]?
    if view.topicAlias != 0 {
      if view.topicSize > 0 {
        connections[place].inboundAliases[view.topicAlias] = span.extracting(view.topic).withUnsafeBytes { Array($0) }
      } else if let known = connections[place].inboundAliases[view.topicAlias] {
        topic = known
      } else {
        return refuse(place, .protocolError, at: now)
      }
    }
    if view.qos == .exactlyOnce, let held = sessions[session].unreleased[view.packetID],
      view.isDuplicate || Self.isRepeated(held, by: view, in: span, topic: topic)
    {
      return send(.pubrec(Acknowledgement(view.packetID)), to: place)  // [MQTT-4.3.3-10]
    }
    let reason =
      topic.map { Self.problem(withTopic: $0.span.bytes, sessions[session].rights) }
      ?? Self.problem(withTopic: span.extracting(view.topic), sessions[session].rights)
    if let reason { return decline(view, reason, from: place) }
    if exceedsPayload(view.payload.count) { return decline(view, .quotaExceeded, from: place) }
    if room != .enough, needsRoom(view) { return declineForRoom(view, from: place, at: now) }
    let isWithoutRoom =
      topic.map { cannotRetain(view, $0.span.bytes, from: session) }
      ?? cannotRetain(view, span.extracting(view.topic), from: session)
    if isWithoutRoom, view.qos > .atMostOnce {  // whoever is told can act on it
      hasRefusedRetained = true
      return declineForRoom(view, from: place, at: now)
    }
    do throws(MalformedPacket) {
      let message = try StoredMessage(view, in: span, topic: topic, at: now)
      take(message, as: view.packetID, from: place, of: session, at: now)
    } catch {
      refuse(place, error.reason, at: now)
    }
  }

  /// Whether a PUBLISH has the topic and the payload of a message.
  private static func isRepeated(
    _ message: StoredMessage, by view: PublishView, in span: RawSpan, topic alias: [UInt8]?
  ) -> Bool {
    let topic = alias ?? span.extracting(view.topic).withUnsafeBytes { Array($0) }
    return message.topicBytes == topic
      && span.extracting(view.payload).withUnsafeBytes { message.payloadBytes.elementsEqual($0) }
  }

  private mutating func take(
    _ message: StoredMessage, as packetID: UInt16, from place: Int, of session: Int, at now: Int64
  ) {
    switch message.qos {
    case .atMostOnce: _ = publish(message, from: session, at: now)
    case .atLeastOnce:
      let hasReceivers = publish(message, from: session, at: now)
      let reason: ReasonCode = hasReceivers ? .success : .noMatchingSubscribers
      acknowledge(.puback, packetID, reason, to: place)  // [MQTT-4.3.2-4]
    case .exactlyOnce:
      // Another message than the one that is held: as mosquitto sees it, the client has forgotten that delivery, which it
      // can release no more, and begins a new one
      _ = takeUnreleased(packetID, of: session)
      let isFull = sessions[session].unreleased.count >= Int(max(limits.receiveMaximum, 1))
      if isFull, connections[place].version == .v5 { return refuse(place, .receiveMaximumExceeded, at: now) }
      guard sessions[session].hasRoomToReceive(message, limits) else {
        return connections[place].version == .v5
          ? acknowledge(.pubrec, packetID, .quotaExceeded, to: place) : refuse(place, .quotaExceeded, at: now)
      }
      // It goes on when it is released, so that the order is the one of PUBREL, as with mosquitto
      sessions[session].unreleased[packetID] = message
      sessions[session].unreleasedBytes += message.size
      keep(of: session) { .receipt(Kept.Receipt(clientID: $0, packetID: packetID, message: message)) }
      acknowledge(.pubrec, packetID, .success, to: place)  // [MQTT-4.3.3-8]
    }
  }

  /// Sends an acknowledgement; 3.1.1 has no reason codes.
  mutating func acknowledge(_ type: PacketType, _ packetID: UInt16, _ reason: ReasonCode, to place: Int) {
    let step = Acknowledgement(packetID, connections[place].version == .v5 ? reason : .success)
    switch type {
    case .puback: send(.puback(step), to: place)
    case .pubrec: send(.pubrec(step), to: place)
    case .pubrel: send(.pubrel(step), to: place)
    default: send(.pubcomp(step), to: place)
    }
  }

  /// Does not pass a message on; 3.1.1 has no words for that and hears the usual ones [MQTT-3.3.5-2].
  mutating func decline(_ view: PublishView, _ reason: ReasonCode, from place: Int) {
    statistics.publishesDropped += 1
    switch view.qos {
    case .atMostOnce: break
    case .atLeastOnce: acknowledge(.puback, view.packetID, reason, to: place)
    case .exactlyOnce: acknowledge(.pubrec, view.packetID, reason, to: place)
    }
  }

  /// Whether a payload is larger than what is passed on.
  func exceedsPayload(_ size: Int) -> Bool { size > limits.maximumPayload ?? .max }

  /// Why nobody, or nobody with these rights, may publish to a topic.
  static func problem(withTopic topic: RawSpan, _ rights: AccessRights?) -> ReasonCode? {
    if topic.isReserved, topic.isSystem { return .notAuthorized }
    if topic.levelCount > SubscriptionTree.maximumLevels { return .topicNameInvalid }
    return rights?.mayWrite(topic) ?? true ? nil : .notAuthorized
  }
}
