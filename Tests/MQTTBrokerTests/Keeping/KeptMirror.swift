import MQTT
import Testing

@testable import MQTTBroker

/// The plainest store: what was told so far, as values. A change of what is not there is a mistake of the state.
struct KeptMirror {
  private(set) var kept = Kept()
  /// The kinds of changes that came.
  private(set) var kinds: Set<String> = []

  init(_ kept: Kept = Kept()) { self.kept = kept }

  /// Takes in what the broker of a script has told since the last time.
  mutating func follow(_ script: inout Script) {
    var changes: [Change] = []
    script.state.takeChanges(into: &changes)
    for change in changes { take(change) }
  }

  mutating func take(_ change: Change) {
    kinds.insert(String("\(change)".prefix { $0 != "(" }))
    switch change {
    case .session(let session):
      Self.put(session, into: &kept.sessions) { $0.clientID == session.clientID }
    case .sessionEnded(let clientID):
      Self.remove(from: &kept.sessions) { $0.clientID == clientID }
      kept.subscriptions.removeAll { $0.clientID == clientID }
      #expect(!kept.deliveries.contains { $0.clientID == clientID })
      #expect(!kept.receipts.contains { $0.clientID == clientID })
    case .subscription(let new):
      Self.put(new, into: &kept.subscriptions) {
        $0.clientID == new.clientID && $0.share == new.share && $0.filter == new.filter
      }
    case .subscriptionEnded(let clientID, let share, let filter):
      Self.remove(from: &kept.subscriptions) { $0.clientID == clientID && $0.share == share && $0.filter == filter }
    case .retained(let retained):
      Self.put(retained, into: &kept.retained) { $0.message.topicBytes == retained.message.topicBytes }
    case .retainedEnded(let topic): Self.remove(from: &kept.retained) { $0.message.topicBytes == topic }
    case .delivery(let delivery):
      #expect(kept.sessions.contains { $0.clientID == delivery.clientID && $0.expiry > 0 })
      #expect(!kept.deliveries.contains { $0.number >= delivery.number })
      kept.deliveries.append(delivery)
    case .deliveryBegun(let number, let packetID): changeDelivery(number) { $0.packetID = packetID }
    case .deliveryReceived(let number): changeDelivery(number) { $0.isReceived = true }
    case .deliveryEnded(let number, let message):
      Self.remove(from: &kept.deliveries) { $0.number == number && $0.message === message }
    case .receipt(let receipt):
      #expect(!kept.receipts.contains { $0.clientID == receipt.clientID && $0.packetID == receipt.packetID })
      kept.receipts.append(receipt)
    case .receiptEnded(let clientID, let packetID, let message):
      Self.remove(from: &kept.receipts) {
        $0.clientID == clientID && $0.packetID == packetID && $0.message === message
      }
    }
  }

  private mutating func changeDelivery(_ number: Int, _ change: (inout Kept.Delivery) -> Void) {
    guard let place = kept.deliveries.firstIndex(where: { $0.number == number }) else {
      Issue.record("delivery \(number) is not there")
      return
    }
    change(&kept.deliveries[place])
  }

  private static func put<Row>(_ row: Row, into rows: inout [Row], _ isSame: (Row) -> Bool) {
    if let place = rows.firstIndex(where: isSame) { rows[place] = row } else { rows.append(row) }
  }

  private static func remove<Row>(from rows: inout [Row], _ isIt: (Row) -> Bool) {
    let count = rows.count
    rows.removeAll(where: isIt)
    #expect(rows.count == count - 1, "what ends has to be there once")
  }
}

extension BrokerState {
  /// What has to be kept of this state, read from the state itself and not from what it told.
  var toBeKept: Kept {
    var kept = Kept()
    for session in sessions where !session.clientID.isEmpty && (session.expiry > 0 || session.pendingWill != nil) {
      kept.sessions.append(
        Kept.Session(
          clientID: session.clientID, username: session.username, expiry: session.expiry,
          endsAt: session.connection >= 0 ? nil : session.endsAt,
          pendingWill: session.pendingWill.map { Kept.PendingWill(message: $0.message, dueAt: $0.dueAt) }))
      guard session.expiry > 0 else { continue }
      for (filter, subscriber) in session.subscriptions {
        kept.subscriptions.append(
          Kept.Subscription(
            clientID: session.clientID, share: filter.share, filter: filter.topics, qos: subscriber.qos,
            noLocal: subscriber.noLocal, retainAsPublished: subscriber.retainAsPublished,
            identifier: subscriber.identifier))
      }
      let waiting = session.queue.filter { $0.copy.qos > .atMostOnce }.map { ($0.copy, $0.number, false) }
      let flying = session.inFlight.values.map { ($0.copy, $0.number, $0.delivery == .awaitingPubcomp) }
      for (copy, number, isReceived) in waiting + flying {
        kept.deliveries.append(
          Kept.Delivery(
            clientID: session.clientID, number: number, message: copy.message, qos: copy.qos,
            isRetained: copy.isRetained, identifiers: copy.identifiers, packetID: copy.packetID,
            isReceived: isReceived))
      }
      for (id, unreleased) in session.unreleased {
        kept.receipts.append(Kept.Receipt(clientID: session.clientID, packetID: id, message: unreleased))
      }
    }
    kept.retained = retained.all.filter { !$0.message.withTopic { $0.isSystem } }
    return kept
  }
}

extension Script {
  /// A broker that has been followed to a moment is killed, and after so many seconds another one goes on.
  mutating func crash(away seconds: Int64 = 0) {
    var mirror = KeptMirror()
    mirror.follow(&self)
    var kept = mirror.kept
    kept.endedAt = now
    now += seconds * second
    restart(with: kept)
  }
}

extension RetainedStore {
  /// All messages, hidden ones and those below `$` too.
  var all: [Kept.Retained] {
    tree.nodes.indices.compactMap { node in
      tree.nodes[node].value.map {
        Kept.Retained(message: $0, publisher: node < sources.count ? sources[node].publisher : nil)
      }
    }
  }
}

extension Kept {
  /// The same in an order that says nothing.
  var sorted: Kept {
    var kept = self
    kept.sessions.sort { $0.clientID.lexicographicallyPrecedes($1.clientID) }
    kept.subscriptions.sort {
      ($0.clientID + [0] + $0.share + [0] + $0.filter).lexicographicallyPrecedes(
        $1.clientID + [0] + $1.share + [0] + $1.filter)
    }
    kept.retained.sort { $0.message.topicBytes.lexicographicallyPrecedes($1.message.topicBytes) }
    kept.deliveries.sort { $0.number < $1.number }
    kept.receipts.sort {
      $0.clientID == $1.clientID ? $0.packetID < $1.packetID : $0.clientID.lexicographicallyPrecedes($1.clientID)
    }
    kept.endedAt = 0
    return kept
  }
}
