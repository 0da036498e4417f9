import MQTT
import NIOCore

/// Messages on their way to a session: sent at once, or waiting for the connection, its quota or its credit.
extension BrokerState {
  /// Sends a copy, or queues it in order.
  mutating func deliver(_ copy: MessageCopy, to session: Int, at now: Int64) {
    let place = sessions[session].connection
    if place < 0, copy.qos == .atMostOnce { return }
    guard place >= 0, connections[place].credit > 0, sessions[session].queue.isEmpty,
      sessions[session].resend.isEmpty
    else { return enqueue(copy, for: session, at: now) }
    if copy.qos == .atMostOnce {
      _ = hand(copy, to: place, at: now)
    } else if connections[place].quota > 0, sessions[session].hasRoom(for: Session.cost(of: copy), limits),
      let id = sessions[session].identifiers.take(for: .publish)
    {
      let size = Session.cost(of: copy)
      sessions[session].hold(size)
      deliveries += 1
      let queued = Session.Queued(copy: copy, size: size, number: deliveries)
      begin(queued, as: id, for: session, on: place, at: now)
    } else {
      enqueue(copy, for: session, at: now)
    }
  }

  /// Lets a copy wait, if there is room for it.
  ///
  /// - Parameter isRetained: whether it was found among the retained messages. These are in memory anyway, and all of them
  ///   may wait, until others have taken their places there.
  mutating func enqueue(_ copy: MessageCopy, for session: Int, at now: Int64, isRetained: Bool = false) {
    let size = Session.cost(of: copy)
    if !hasRoom(for: size, of: session, isRetained: isRetained), sessions[session].firstExpiry <= now {
      let expired = sessions[session].takeExpired(at: now)  // [MQTT-3.3.2-5]
      statistics.publishesDropped += expired.count
      keepEnd(of: expired, session)
    }
    guard hasRoom(for: size, of: session, isRetained: isRetained) else {
      statistics.publishesDropped += 1
      if firstFull == nil { firstFull = sessions[session].clientID }
      return
    }
    deliveries += 1
    sessions[session].append(
      Session.Queued(copy: copy, size: size, number: deliveries, isRetained: isRetained))
    keepDelivery(copy, deliveries, for: session)
    if !sessions[session].isPressed, isSlow(session, at: now) {
      sessions[session].isPressed = true
      pressed.append(session)
    }
  }

  private func hasRoom(for size: Int, of session: Int, isRetained: Bool) -> Bool {
    let isLong = !isRetained && sessions[session].queue.count >= limits.queuedMessages
    return !isLong && sessions[session].hasRoom(for: size, isRetained: isRetained, limits)
  }

  /// Sends what waits, as far as credit and quota go.
  mutating func drain(_ session: Int, at now: Int64) {
    let place = sessions[session].connection
    guard place >= 0 else { return }
    while connections[place].credit > 0 {
      if let id = sessions[session].resend.first {
        guard sendAgain(id, of: session, on: place, at: now) else { return }
        sessions[session].resend.removeFirst()
        continue
      }
      guard let first = sessions[session].queue.first else { return }
      if first.copy.qos == .atMostOnce {
        _ = sessions[session].popFirst()
        sessions[session].release(first.size, isRetained: first.isRetained)
        _ = hand(first.copy, to: place, at: now)
      } else {
        guard connections[place].quota > 0, let id = sessions[session].identifiers.take(for: .publish) else { return }
        _ = sessions[session].popFirst()
        begin(first, hasWaited: true, as: id, for: session, on: place, at: now)
      }
    }
  }

  /// Sends a message of QoS 1 or 2 for the first time.
  private mutating func begin(
    _ queued: Session.Queued, hasWaited: Bool = false, as id: UInt16, for session: Int, on place: Int, at now: Int64
  ) {
    let (number, size, isRetained) = (queued.number, queued.size, queued.isRetained)
    var copy = queued.copy
    copy.packetID = id
    guard let delivery = OutboundDelivery(copy.qos), hand(copy, to: place, at: now) else {
      // Too large or too old for this client: as if it had been delivered [MQTT-3.1.2-25]
      sessions[session].identifiers.free(id)
      sessions[session].release(size, isRetained: isRetained)
      if hasWaited { keep(of: session) { _ in .deliveryEnded(number, copy.message) } }
      return
    }
    connections[place].quota -= 1  // [MQTT-4.9.0-2]
    sessions[session].inFlight[id] = Session.InFlight(
      copy: copy, delivery: delivery, number: number, size: size, isRetained: isRetained)
    if hasWaited {
      keep(of: session) { _ in .deliveryBegun(number, packetID: id) }
    } else {
      keepDelivery(copy, number, for: session)
    }
  }

  /// Hands a copy to the connection; false if it is too old [MQTT-3.3.2-5] or too large [MQTT-3.1.2-24] for it.
  mutating func hand(_ copy: MessageCopy, to place: Int, at now: Int64) -> Bool {
    var copy = copy
    if let end = copy.message.expiresAt {
      guard end >= now || copy.isDuplicate else {
        statistics.publishesDropped += 1
        return false
      }
      copy.expiry = UInt32(clamping: (end - now + 999_999_999) / 1_000_000_000)  // [MQTT-3.3.2-6]
    }
    let size = name(&copy, on: place)
    guard size <= connections[place].maximumPacketSize else {
      statistics.publishesDropped += 1
      return false
    }
    if copy.alias != 0, !copy.omitsTopic { connections[place].aliases[copy.message.topicBytes] = copy.alias }
    connections[place].credit -= size
    statistics.publishesSent += 1
    outputs.append(.deliver(copy, to: place))
    return true
  }

  /// Puts an alias in the place of a topic that has one, and gives one to a topic as long as there are any
  /// [MQTT-3.3.2-11]; the size that the copy has then. The client knows a new alias once the copy is sent, not before.
  private func name(_ copy: inout MessageCopy, on place: Int) -> Int {
    let size = copy.size(in: connections[place].version)
    guard connections[place].topicAliasMaximum > 0 else { return size }
    if let alias = connections[place].aliases[copy.message.topicBytes] {
      copy.alias = alias
      copy.omitsTopic = true
    } else if connections[place].aliases.count < Int(connections[place].topicAliasMaximum),
      size + 5 <= connections[place].maximumPacketSize  // three bytes, and both lengths may grow by one
    {
      copy.alias = UInt16(connections[place].aliases.count + 1)
    }
    return copy.size(in: connections[place].version)
  }
}
