import MQTT
import NIOCore  // or `append` would be that of all collections, which copies a ring

/// Where another broker was ended, this one goes on.
extension BrokerState {
  /// Takes up what was kept; only at the beginning.
  ///
  /// The connections of the other broker ended with it. So a client that was connected is one whose network failed: its
  /// session lasts as long as it was to from then on, its will is due, or was at the end of its session. The standard lets a
  /// server that fails defer wills until it is started again, and that is what this is. Source: MQTT 5.0, 3.1.2.5.
  mutating func restore(_ kept: Kept, at now: Int64) {
    for session in kept.sessions where !session.clientID.isEmpty { restore(session, endedAt: kept.endedAt, at: now) }
    for subscription in kept.subscriptions { restore(subscription) }
    for retained in kept.retained { restore(retained, at: now) }
    retained.judge(by: access.rules)
    for delivery in kept.deliveries { restore(delivery) }
    for receipt in kept.receipts {
      guard let session = sessionByClient[receipt.clientID], isShallow(receipt.message.topicBytes) else { continue }
      sessions[session].unreleased[receipt.packetID] = receipt.message
      sessions[session].unreleasedBytes += receipt.message.size
    }
  }

  private mutating func restore(_ session: Kept.Session, endedAt: Int64, at now: Int64) {
    guard sessionByClient[session.clientID] == nil else { return }
    let place = newSession(session.clientID)
    sessions[place].username = session.username
    sessions[place].rights = access.rights(of: session.username, clientID: session.clientID)
    sessions[place].expiry = session.expiry
    if let pendingWill = session.pendingWill, isShallow(Array(pendingWill.message.topic.utf8)) {
      sessions[place].pendingWill = Session.PendingWill(message: pendingWill.message, dueAt: pendingWill.dueAt)
    }
    sessions[place].isRecorded = true
    sessions[place].isPersistent = session.expiry > 0
    guard session.endsAt == nil else {
      sessions[place].endsAt = session.endsAt ?? .max
      return
    }
    let expiry = Int64(session.expiry) * 1_000_000_000
    sessions[place].endsAt = session.expiry == .max ? .max : session.expiry == 0 ? now : endedAt + expiry
    if let will = session.pendingWill?.message {
      sessions[place].pendingWill?.dueAt = endedAt + Int64(will.properties.willDelayInterval ?? 0) * 1_000_000_000
    }
    keepSession(place)
  }

  private mutating func restore(_ subscription: Kept.Subscription) {
    guard let session = sessionByClient[subscription.clientID], sessions[session].isPersistent,
      isShallow(subscription.filter)
    else { return }
    let filter = FilterKey(share: subscription.share, topics: subscription.filter)
    let subscriber = Subscriber(
      session: session, qos: min(subscription.qos, limits.maximumQoS), noLocal: subscription.noLocal,
      retainAsPublished: subscription.retainAsPublished, identifier: subscription.identifier)
    _ = subscriptions.insert(filter, subscriber)
    sessions[session].subscribe(to: filter, subscriber)
  }

  private mutating func restore(_ kept: Kept.Retained, at now: Int64) {
    if kept.message.isExpired(at: now) { return noteExpired([kept.message]) }
    guard isShallow(kept.message.topicBytes) else { return }
    let publisher = access.rules == nil ? nil : kept.publisher
    let source = publisher.map { Source.allowed($0) } ?? .unknown
    _ = retained.keep(kept.message, from: source, count: limits.retainedMessages, size: limits.retainedBytes)
  }

  /// Whether a topic has no more levels than any that was let in: somebody may have written to the file.
  private func isShallow(_ topic: [UInt8]) -> Bool {
    topic.span.bytes.levelCount <= SubscriptionTree.maximumLevels
  }

  private mutating func restore(_ delivery: Kept.Delivery) {
    guard let session = sessionByClient[delivery.clientID], sessions[session].isPersistent else { return }
    var copy = MessageCopy(delivery.message, qos: delivery.qos)
    copy.isRetained = delivery.isRetained
    copy.identifiers = delivery.identifiers
    copy.packetID = delivery.packetID
    let size = Session.cost(of: copy)
    deliveries = max(deliveries, delivery.number)
    guard delivery.packetID != 0 else {
      sessions[session].append(Session.Queued(copy: copy, size: size, number: delivery.number))
      return
    }
    guard let begun = OutboundDelivery(delivery.qos), sessions[session].identifiers.take(delivery.packetID) else {
      return
    }
    let isReceived = delivery.isReceived && begun == .awaitingPubrec
    sessions[session].hold(size)
    sessions[session].inFlight[delivery.packetID] = Session.InFlight(
      copy: copy, delivery: isReceived ? .awaitingPubcomp : begun, number: delivery.number, size: size)
  }
}
