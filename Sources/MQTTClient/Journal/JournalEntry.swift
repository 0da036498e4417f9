import MQTT

/// A change of a session that has to outlive the program.
///
/// Each is told before the packet that follows from it leaves, so that no broker knows more of the session than the
/// journal does.
enum JournalEntry: Equatable, Sendable {
  /// A session that holds nothing begins, and what came before is void but for the last request that was sent.
  case began(ProtocolVersion, clientID: String, lastRequest: RequestID = 0)
  /// The broker holds no session that belongs to us.
  case ended
  /// A message of QoS 1 or 2 is sent, with its whole topic.
  case sent(RequestID, Publish)
  /// PUBREC came: from now on PUBREL is sent.
  case released(UInt16)
  /// A delivery of ours is over, and its identifier is free.
  case finished(UInt16)
  /// A message of QoS 2 was handed over to the owner: its identifier means that message until PUBREL.
  case received(UInt16)
  /// PUBREL came: the identifier means nothing any more.
  case handedOver(UInt16)
  /// So many messages of QoS 2 have been handed over in all.
  case taken(UInt64)
  /// The broker granted a subscription.
  case subscribed(Subscription, Properties)
  /// The broker ended a subscription.
  case unsubscribed(String)
}

extension JournalEntry {
  /// The packet of ours that says this, which is how it is written.
  var packet: Packet {
    switch self {
    case .began(_, let clientID, _): .connect(Connect(clientID: clientID, cleanStart: false, keepAlive: 0))
    case .ended: .disconnect(Disconnect())
    case .sent(_, let publish): .publish(publish)
    case .released(let id): .pubrel(Acknowledgement(id))
    case .finished(let id): .puback(Acknowledgement(id))
    case .received(let id): .pubrec(Acknowledgement(id))
    case .handedOver(let id): .pubcomp(Acknowledgement(id))
    case .taken: .pingreq
    case .subscribed(let subscription, let properties):
      .subscribe(Subscribe(packetID: 1, subscriptions: [subscription], properties: properties))
    case .unsubscribed(let filter): .unsubscribe(Unsubscribe(packetID: 1, filters: [filter]))
    }
  }

  /// The number that is written beside the packet: a request's, or a count.
  var number: UInt64 {
    switch self {
    case .began(_, _, let request), .sent(let request, _): request.rawValue
    case .taken(let count): count
    default: 0
    }
  }

  /// What a packet says that was read from a journal with its number; nil if it says nothing there.
  init?(_ packet: Packet, _ number: UInt64, version: ProtocolVersion) {
    switch packet {
    case .connect(let connect):
      self = .began(version, clientID: connect.clientID, lastRequest: RequestID(rawValue: number))
    case .disconnect: self = .ended
    case .publish(let publish) where publish.qos > .atMostOnce: self = .sent(RequestID(rawValue: number), publish)
    case .pubrel(let step): self = .released(step.packetID)
    case .puback(let step): self = .finished(step.packetID)
    case .pubrec(let step): self = .received(step.packetID)
    case .pingreq: self = .taken(number)
    case .pubcomp(let step): self = .handedOver(step.packetID)
    case .subscribe(let subscribe):
      guard let subscription = subscribe.subscriptions.first else { return nil }
      self = .subscribed(subscription, subscribe.properties)
    case .unsubscribe(let unsubscribe):
      guard let filter = unsubscribe.filters.first else { return nil }
      self = .unsubscribed(filter)
    default: return nil
    }
  }
}
