import MQTT

/// From filters that match to sessions that get a copy.
extension BrokerState {
  /// Adds the subscribers of a filter to the targets. One session gets one copy for all of its own filters: at the
  /// highest QoS of them [MQTT-3.3.4-2], with all their identifiers [MQTT-3.3.4-4].
  mutating func gather(_ node: Int32, for message: StoredMessage, from origin: Int) {
    guard let subscribers = subscriptions.tree[node] else { return }
    for subscriber in subscribers.members {
      if subscriber.noLocal, subscriber.session == origin { continue }  // [MQTT-3.8.3-3]
      let session = subscriber.session
      if sessions[session].stamp == stamp {
        merge(subscriber, into: sessions[session].target, message)
      } else {
        sessions[session].stamp = stamp
        sessions[session].target = targets.count
        add(subscriber, message)
      }
    }
    for share in subscribers.shares.indices {
      guard let member = choose(subscribers.shares[share]) else { continue }
      subscriptions.advance(share, of: node, past: member)
      add(subscribers.shares[share].members[member], message)
    }
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
  private func choose(_ share: SubscriptionTree.Share) -> Int? {
    let count = share.members.count
    var second: Int?
    for step in 0..<count {
      let member = (share.turn + step) % count
      let session = share.members[member].session
      let place = sessions[session].connection
      guard place >= 0 else { continue }
      if connections[place].credit > 0, sessions[session].queue.isEmpty { return member }
      if second == nil { second = member }
    }
    return second ?? (count > 0 ? share.turn % count : nil)
  }
}
