import MQTT

extension Session {
  /// A SUBSCRIBE or UNSUBSCRIBE that awaits its answer, or a packet identifier; the configuration's have no number.
  enum Pending: Equatable, Sendable {
    case subscribe(RequestID?, [Subscription], Properties)
    case unsubscribe(RequestID, [String], Properties)

    /// Who asked.
    var request: RequestID? {
      switch self {
      case .subscribe(let request, _, _): request
      case .unsubscribe(let request, _, _): request
      }
    }

    /// The packet that asks.
    func packet(id: UInt16, _ version: ProtocolVersion) -> Packet {
      switch self {
      case .subscribe(_, let subscriptions, let properties):
        .subscribe(
          Subscribe(packetID: id, subscriptions: subscriptions, properties: version == .v5 ? properties : []))
      case .unsubscribe(_, let filters, let properties):
        .unsubscribe(Unsubscribe(packetID: id, filters: filters, properties: version == .v5 ? properties : []))
      }
    }
  }

  /// A subscription with the properties of its SUBSCRIBE: one that is to be, or one that the broker has.
  struct Wanted: Equatable, Sendable {
    var subscription: Subscription
    var properties: Properties

    /// Whether one takes the place of the other; filters are compared by their bytes.
    func isOfSameFilter(as other: Wanted) -> Bool {
      subscription.filter.utf8.elementsEqual(other.subscription.filter.utf8)
    }
  }
}
