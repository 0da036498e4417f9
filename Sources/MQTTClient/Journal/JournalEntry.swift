import MQTT

/// A change of a session that has to outlive the program.
///
/// Each is told before the packet that follows from it leaves, so that no broker knows more of the session than the
/// journal does.
enum JournalEntry: Equatable, Sendable {
  /// A session that holds nothing begins, and what came before is void.
  case began(ProtocolVersion, clientID: String)
  /// The broker holds no session that belongs to us.
  case ended
  /// A message of QoS 1 or 2 is sent, with its whole topic.
  case sent(RequestID, Publish)
  /// PUBREC came: from now on PUBREL is sent.
  case released(UInt16)
  /// A delivery of ours is over, and its identifier is free.
  case finished(UInt16)
  /// A message of QoS 2 came and is delivered: its identifier means that message until PUBREL.
  case received(UInt16)
  /// PUBREL came: the identifier means nothing any more.
  case handedOver(UInt16)
  /// The broker granted a subscription.
  case subscribed(Subscription, Properties)
  /// The broker ended a subscription.
  case unsubscribed(String)
}

extension JournalEntry {
  /// The packet of ours that says this, which is how it is written.
  var packet: Packet {
    switch self {
    case .began(_, let clientID): .connect(Connect(clientID: clientID, cleanStart: false, keepAlive: 0))
    case .ended: .disconnect(Disconnect())
    case .sent(_, let publish): .publish(publish)
    case .released(let id): .pubrel(Acknowledgement(id))
    case .finished(let id): .puback(Acknowledgement(id))
    case .received(let id): .pubrec(Acknowledgement(id))
    case .handedOver(let id): .pubcomp(Acknowledgement(id))
    case .subscribed(let subscription, let properties):
      .subscribe(Subscribe(packetID: 1, subscriptions: [subscription], properties: properties))
    case .unsubscribed(let filter): .unsubscribe(Unsubscribe(packetID: 1, filters: [filter]))
    }
  }

  /// The request that a message was sent for.
  var request: RequestID {
    if case .sent(let request, _) = self { request } else { 0 }
  }

  /// What a packet says that was read from a journal; nil if it says nothing there.
  init?(_ packet: Packet, for request: RequestID, version: ProtocolVersion) {
    switch packet {
    case .connect(let connect): self = .began(version, clientID: connect.clientID)
    case .disconnect: self = .ended
    case .publish(let publish) where publish.qos > .atMostOnce: self = .sent(request, publish)
    case .pubrel(let step): self = .released(step.packetID)
    case .puback(let step): self = .finished(step.packetID)
    case .pubrec(let step): self = .received(step.packetID)
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
