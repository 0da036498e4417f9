import MQTT
import MQTTBroker
import NIOCore

extension DataStore {
  /// Writes one change, inside of a transaction.
  func write(_ change: Change, _ clock: WallTime) throws(DataError) {
    switch change {
    case .session(let session): try write(session, clock)
    case .sessionEnded(let clientID):
      try statements.endSubscriptions.run(.text(clientID))
      try statements.endSession.run(.text(clientID))
    case .subscription(let subscription):
      try statements.subscription.run(
        .text(subscription.clientID), .text(subscription.share), .text(subscription.filter),
        .number(Int(subscription.qos.rawValue)), .flag(subscription.noLocal), .flag(subscription.retainAsPublished),
        .number(Int(subscription.identifier)))
    case .subscriptionEnded(let clientID, let share, let filter):
      try statements.endSubscription.run(.text(clientID), .text(share), .text(filter))
    case .retained(let retained): try write(retained.message, from: retained.publisher, clock)
    case .retainedEnded(let topic): try statements.endRetained.run(.text(topic))
    case .delivery(let delivery):
      let id = try use(delivery.message, clock)
      let identifiers = delivery.identifiers.map(String.init).joined(separator: ",")
      try statements.delivery.run(
        .number(delivery.number), .text(delivery.clientID), .number(id), .number(Int(delivery.qos.rawValue)),
        .flag(delivery.isRetained), .text(Array(identifiers.utf8)), .number(Int(delivery.packetID)),
        .flag(delivery.isReceived))
    case .deliveryBegun(let number, let packetID):
      try statements.beginDelivery.run(.number(Int(packetID)), .number(number))
    case .deliveryReceived(let number): try statements.receiveDelivery.run(.number(number))
    case .deliveryEnded(let number, let message):
      try statements.endDelivery.run(.number(number))
      try endUse(of: message)
    case .receipt(let receipt):
      let id = try use(receipt.message, clock)
      try statements.receipt.run(.text(receipt.clientID), .number(Int(receipt.packetID)), .number(id))
    case .receiptEnded(let clientID, let packetID, let message):
      try statements.endReceipt.run(.text(clientID), .number(Int(packetID)))
      try endUse(of: message)
    }
  }

  private func write(
    _ message: StoredMessage, from publisher: Publisher?, _ clock: WallTime
  ) throws(DataError) {
    try statements.retained.run(
      .text(message.topicBytes), .bytes(message.payloadBytes), .number(Int(message.qos.rawValue)),
      .optional(message.expiresAt.flatMap(clock.milliseconds)), .bytes(message.propertiesBytes),
      .optional(publisher?.username), publisher.map { .text($0.clientID) } ?? .none)
  }

  private func write(_ session: Kept.Session, _ clock: WallTime) throws(DataError) {
    let will = session.pendingWill?.message
    let properties: [UInt8]?
    do throws(EncodingError) { properties = try will?.properties.bytesOfWill() } catch {
      throw .failed(path: path, detail: "a will cannot be written: \(error)")  // it came by a CONNECT that was read
    }
    try statements.session.run(
      .text(session.clientID), .optional(session.username),
      .number(Int(session.expiry)), .flag(session.endsAt == nil),
      .optional(session.endsAt.flatMap(clock.milliseconds)), will.map { .text(Array($0.topic.utf8)) } ?? .none,
      will.map { .bytes(Array($0.payload.readableBytesView)) } ?? .none, .optional(will.map { Int($0.qos.rawValue) }),
      .optional(will.map { $0.isRetained ? 1 : 0 }), properties.map { .bytes($0) } ?? .none,
      .optional(session.pendingWill.flatMap { clock.milliseconds($0.dueAt) }))
  }

  /// The row of a message, written at its first use.
  private func use(_ message: StoredMessage, _ clock: WallTime) throws(DataError) -> Int {
    let key = ObjectIdentifier(message)
    if let known = written[key] {
      written[key]?.users += 1
      return known.id
    }
    lastID += 1
    written[key] = Written(message: message, id: lastID, users: 1)
    try statements.message.run(
      .number(lastID), .text(message.topicBytes), .bytes(message.payloadBytes), .number(Int(message.qos.rawValue)),
      .flag(message.isRetained), .optional(message.expiresAt.flatMap(clock.milliseconds)),
      .bytes(message.propertiesBytes))
    return lastID
  }

  private func endUse(of message: StoredMessage) throws(DataError) {
    let key = ObjectIdentifier(message)
    guard let known = written[key] else { return }
    guard known.users == 1 else {
      written[key]?.users -= 1
      return
    }
    written[key] = nil
    try statements.endMessage.run(.number(known.id))
  }
}

extension Statement.Value {
  fileprivate static func flag(_ isSet: Bool) -> Self { .number(isSet ? 1 : 0) }

  fileprivate static func optional(_ number: Int?) -> Self { number.map { .number($0) } ?? .none }

  fileprivate static func optional(_ text: String?) -> Self { text.map { .text(Array($0.utf8)) } ?? .none }
}
