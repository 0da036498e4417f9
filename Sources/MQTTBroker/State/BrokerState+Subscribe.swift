import MQTT

/// SUBSCRIBE and UNSUBSCRIBE. Source: MQTT 5.0, 3.8 to 3.11.
extension BrokerState {
  /// SUBSCRIBE came: each filter for itself, answered by one SUBACK [MQTT-3.8.4-5], behind which the retained come.
  mutating func subscribe(_ request: Subscribe, from place: Int, of session: Int, at now: Int64) {
    let identifier = request.properties.subscriptionIdentifiers.first ?? 0
    var codes: [ReasonCode] = []
    var wanted: [(filter: FilterKey, subscriber: Subscriber)] = []
    for subscription in request.subscriptions {
      let filter = FilterKey(subscription.filter)
      if let reason = problem(with: filter, identifier, of: session) {
        codes.append(reason)
        continue
      }
      let subscriber = Subscriber(
        session: session, qos: min(subscription.qos, limits.maximumQoS), noLocal: subscription.noLocal,
        retainAsPublished: subscription.retainAsPublished, identifier: identifier)
      let isNew = subscriptions.insert(filter, subscriber)
      sessions[session].subscribe(to: filter, subscriber)
      keepSubscription(filter, subscriber)
      codes.append(ReasonCode(rawValue: subscriber.qos.rawValue))
      let handling = subscription.retainHandling
      let wantsRetained = handling == .send || handling == .sendIfNew && isNew  // [MQTT-3.3.1-9] [MQTT-3.3.1-10]
      if wantsRetained, filter.share.isEmpty { wanted.append((filter, subscriber)) }
    }
    send(.suback(Suback(packetID: request.packetID, reasonCodes: codes)), to: place)  // [MQTT-3.8.4-2]
    for (filter, subscriber) in wanted { sendRetained(filter, to: subscriber, at: now) }
    drain(session, at: now)
  }

  /// UNSUBSCRIBE came [MQTT-3.10.4-6].
  mutating func unsubscribe(_ request: Unsubscribe, from place: Int, of session: Int, at now: Int64) {
    let version = connections[place].version
    let codes = request.filters.map { text -> ReasonCode in
      let filter = FilterKey(text)
      sessions[session].unsubscribe(from: filter)
      guard subscriptions.remove(filter, of: session) else { return .noSubscriptionExisted }
      keep(of: session) { .subscriptionEnded($0, share: filter.share, filter: filter.topics) }
      return .success
    }
    send(.unsuback(Unsuback(packetID: request.packetID, reasonCodes: version == .v5 ? codes : [])), to: place)
  }

  private func problem(with filter: FilterKey, _ identifier: UInt32, of session: Int) -> ReasonCode? {
    if !filter.share.isEmpty, !limits.sharedAvailable { return .sharedSubscriptionsNotSupported }
    if filter.isWildcard, !limits.wildcardsAvailable { return .wildcardSubscriptionsNotSupported }
    if identifier != 0, !limits.identifiersAvailable { return .subscriptionIdentifiersNotSupported }
    if limits.refusesEverything, filter.topics == [UInt8(ascii: "#")] { return .notAuthorized }
    guard filter.topics.span.bytes.levelCount <= SubscriptionTree.maximumLevels else { return .topicFilterInvalid }
    let mayReadSome = sessions[session].rights?.mayReadSome(of: filter.topics.span.bytes) ?? true
    guard mayReadSome else { return .notAuthorized }
    let known = sessions[session].subscriptions
    if known[filter] != nil { return nil }
    // A client that subscribes anew to what it has, as many do, is not kept from what waits for it
    let hasRoom = room == .enough || !sessions[session].isPersistent
    let size = sessions[session].filterBytes + filter.topics.count
    let isWithin = known.count < limits.subscriptions && size <= limits.filterBytes
    return hasRoom && isWithin ? nil : .quotaExceeded
  }

  private mutating func sendRetained(_ filter: FilterKey, to subscriber: Subscriber, at now: Int64) {
    // Whoever does not take what waits cannot ask for it all again and again
    guard limits.retainAvailable, sessions[subscriber.session].queue.count < limits.queuedMessages else { return }
    var messages: [StoredMessage] = []
    noteExpired(retained.match(filter.topics.span.bytes, at: now, into: &messages))
    for message in messages where mayRead(message, subscriber.session) {
      var copy = MessageCopy(message, qos: min(message.qos, subscriber.qos))
      copy.isRetained = true
      if subscriber.identifier != 0 { copy.identifiers = [subscriber.identifier] }
      enqueue(copy, for: subscriber.session, at: now, isRetained: true)
    }
  }
}
