import MQTT

/// Changes of what outlives the broker, told if anybody keeps them.
extension BrokerState {
  /// Takes the changes so far, and leaves room for more.
  mutating func takeChanges(into list: inout [Change]) {
    list.append(contentsOf: changes)
    changes.removeAll(keepingCapacity: true)
  }

  /// Tells what a session is now: one that outlives its connection, a client with a will, or nothing to keep.
  mutating func keepSession(_ session: Int) {
    guard isKeeping else { return }
    // It ends with the connection, and so it does if we are the ones who end
    if sessions[session].expiry == 0, sessions[session].isPersistent { forget(session) }
    let current = sessions[session]
    guard current.expiry > 0 || current.pendingWill != nil else { return forget(session) }
    sessions[session].isRecorded = true
    sessions[session].isPersistent = current.expiry > 0
    changes.append(
      .session(
        Kept.Session(
          clientID: current.clientID, username: current.username, expiry: current.expiry,
          endsAt: current.connection >= 0 ? nil : current.endsAt,
          pendingWill: current.pendingWill.map { Kept.PendingWill(message: $0.message, dueAt: $0.dueAt) })))
  }

  /// Tells that nothing of a session is to be kept.
  mutating func forget(_ session: Int) {
    guard sessions[session].isRecorded else { return }
    forgetMessages(of: session)
    changes.append(.sessionEnded(sessions[session].clientID))
    sessions[session].isRecorded = false
    sessions[session].isPersistent = false
  }

  private mutating func forgetMessages(of session: Int) {
    guard sessions[session].isPersistent else { return }
    for queued in sessions[session].queue where queued.copy.qos > .atMostOnce {
      changes.append(.deliveryEnded(queued.number, queued.copy.message))
    }
    for flight in sessions[session].inFlight.values {
      changes.append(.deliveryEnded(flight.number, flight.copy.message))
    }
    for (id, message) in sessions[session].unreleased {
      changes.append(.receiptEnded(sessions[session].clientID, packetID: id, message))
    }
  }

  /// Tells of a copy that waits, or with its packet identifier is under way.
  mutating func keepDelivery(_ copy: MessageCopy, _ number: Int, for session: Int) {
    guard sessions[session].isPersistent, copy.qos > .atMostOnce else { return }
    changes.append(
      .delivery(
        Kept.Delivery(
          clientID: sessions[session].clientID, number: number, message: copy.message, qos: copy.qos,
          isRetained: copy.isRetained, identifiers: copy.identifiers, packetID: copy.packetID, isReceived: false)))
  }

  /// Tells that messages wait no more.
  mutating func keepEnd(of queued: [Session.Queued], _ session: Int) {
    for queued in queued { keep(of: session) { _ in .deliveryEnded(queued.number, queued.copy.message) } }
  }

  /// Tells of a subscription.
  mutating func keepSubscription(_ filter: FilterKey, _ subscriber: Subscriber) {
    guard sessions[subscriber.session].isPersistent else { return }
    changes.append(
      .subscription(
        Kept.Subscription(
          clientID: sessions[subscriber.session].clientID, share: filter.share, filter: filter.topics,
          qos: subscriber.qos, noLocal: subscriber.noLocal, retainAsPublished: subscriber.retainAsPublished,
          identifier: subscriber.identifier)))
  }

  /// Tells of a change that concerns a session only if that is kept.
  mutating func keep(of session: Int, _ change: (_ clientID: [UInt8]) -> Change) {
    if sessions[session].isPersistent { changes.append(change(sessions[session].clientID)) }
  }
}
