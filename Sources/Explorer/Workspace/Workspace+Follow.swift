import MQTT
import MQTTClient
import TopicStore

/// Another server in the place of a broker.
extension Workspace {
  /// Opens the server that a broker named, with what the person asked of that broker.
  ///
  /// It has a session, a tree and a log of its own: two servers of one service may hold different retained messages, and a
  /// tree that mixed them could not say which is true. The old one stays as it was, to look at what came from it.
  mutating func follow(_ endpoint: Endpoint, from broker: Broker) -> [WorkspaceEffect] {
    let address = endpoint.description
    if let open = brokers.first(where: { $0.id != broker.id && $0.model.connection.address == address }) {
      // It may have been left, or be the one that named us; whoever follows wants to be connected there
      guard case .stopped = open.model.connection.phase else { return show(open.id) }
      return show(open.id) + [.broker(open.id, .perform(open.model.connection.reconnection))]
    }
    let connection = broker.model.connection
    var opening = BrokerOpening(
      address: address, clientID: connection.clientID, subscriptions: connection.subscriptions.map(\.subscription))
    opening.isUnverified = connection.isUnverified
    opening.isReadOnly = broker.model.isReadOnly
    opening.memoryLimit = broker.model.store.statistics.memoryLimit
    opening.theme = broker.theme
    guard let opened = open(opening) else {
      say(.warning, "\(Self.limit) brokers are open, which is the most; B, then x, closes one.")
      return []
    }
    say(.information, "\(address) has a tree of its own; [ goes back to what came from \(connection.address).")
    return opened.effects + [.follow(opened.id, from: broker.id, endpoint)]
  }
}
