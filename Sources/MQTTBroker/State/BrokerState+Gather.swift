import MQTT

/// Who gets a message: from filters that match to sessions that get a copy.
extension BrokerState {
  /// A session that gets the message at hand.
  struct Target: Equatable, Sendable {
    let session: Int
    var qos: QoS
    var isRetained: Bool
    var identifiers: [UInt32]
  }

  /// Hands a message to all who are subscribed; whether anybody is, be it one who wants none of its own.
  mutating func publish(_ message: StoredMessage, from origin: Int, at now: Int64) -> Bool {
    if message.isRetained, limits.retainAvailable { retain(message, from: origin) }
    stamp += 1
    hits.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    message.withTopic { subscriptions.match($0, into: &hits) }
    for hit in hits { gather(hit, for: message, from: origin) }
    for place in targets.indices {
      let target = targets[place]
      var copy = MessageCopy(message, qos: min(message.qos, target.qos))  // [MQTT-3.8.4-8]
      copy.isRetained = target.isRetained
      copy.identifiers = target.identifiers
      deliver(copy, to: target.session, at: now)
    }
    return !hits.isEmpty
  }

  /// Adds the subscribers of a filter to the targets. One session gets one copy for all of its own filters: at the
  /// highest QoS of them [MQTT-3.3.4-2], with all their identifiers [MQTT-3.3.4-4].
  private mutating func gather(_ node: Int32, for message: StoredMessage, from origin: Int) {
    guard let subscribers = subscriptions.tree[node] else { return }
    for subscriber in subscribers.members {
      if subscriber.noLocal, subscriber.session == origin { continue }  // [MQTT-3.8.3-3]
      let session = subscriber.session
      if sessions[session].stamp == stamp {
        merge(subscriber, into: sessions[session].target, message)
      } else if mayRead(message, session) {
        sessions[session].stamp = stamp
        sessions[session].target = targets.count
        add(subscriber, message)
      }
    }
    for share in subscribers.shares.indices {
      guard let member = choose(subscribers.shares[share], for: message) else { continue }
      subscriptions.advance(share, of: node, past: member)
      add(subscribers.shares[share].members[member], message)
    }
  }

  /// Whether a message is delivered to the client of a session.
  func mayRead(_ message: StoredMessage, _ session: Int) -> Bool {
    guard let rights = sessions[session].rights else { return true }
    return message.withTopic { rights.mayRead($0) }
  }

  private mutating func add(_ subscriber: Subscriber, _ message: StoredMessage) {
    targets.append(
      Target(
        session: subscriber.session, qos: subscriber.qos,
        isRetained: subscriber.retainAsPublished && message.isRetained,  // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
        identifiers: subscriber.identifier == 0 ? [] : [subscriber.identifier]))
  }

  private mutating func merge(_ subscriber: Subscriber, into target: Int, _ message: StoredMessage) {
    targets[target].qos = max(targets[target].qos, subscriber.qos)
    if subscriber.retainAsPublished, message.isRetained { targets[target].isRetained = true }
    if subscriber.identifier != 0 { targets[target].identifiers.append(subscriber.identifier) }
  }

  /// The member of a share whose turn it is: in turns, but rather one who takes messages now than one who does not.
  /// One who may not read the message has no turn.
  private func choose(_ share: SubscriptionTree.SharedSubscription, for message: StoredMessage) -> Int? {
    let count = share.members.count
    var (second, last): (Int?, Int?)
    for step in 0..<count {
      let member = (share.turn + step) % count
      let session = share.members[member].session
      guard mayRead(message, session) else { continue }
      if last == nil { last = member }
      let place = sessions[session].connection
      guard place >= 0 else { continue }
      if connections[place].credit > 0, sessions[session].queue.isEmpty { return member }
      if second == nil { second = member }
    }
    return second ?? last
  }
}
