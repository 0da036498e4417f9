import MQTT
import MQTTClient
import Terminal
import TopicStore

/// The screen of facts in the model.
extension Model {
  mutating func openFacts() {
    layer = .facts
    factsView.scrollToStart()
  }

  mutating func handleFacts(_ key: Key) -> [Effect] {
    let inside = layerWindow.inside.inset(columns: 1, rows: 0)
    let count = factsPane.lines(columns: inside.columns).count
    switch factsView.handle(key, height: inside.rows, count: count) {
    case nil: break
    case .leave: layer = .none
    case .ping: return [.perform(.ping)]
    case .reconnect: return [.perform(connection.reconnection)]
    case .follow: return follow()
    }
    return []
  }

  /// Goes to the server that the broker named; only ever because a person asks for it.
  mutating func follow() -> [Effect] {
    if case .server(let endpoint) = connection.offer { return [.follow(endpoint)] }
    say(.information, "The broker names no other server.")
    return []
  }

  var factsPane: FactsPane {
    var groups = [FactGroup.connection(connection, now: now), .session(connection)]
    if let transport = connection.facts.flatMap({ FactGroup.transport($0.transport) }) { groups.append(transport) }
    if let facts = connection.facts { groups.append(.limits(facts)) }
    if let asked = connection.asked { groups.append(.ours(asked)) }
    if let words = FactGroup.words(connection.facts?.properties ?? [], system: systemValues) { groups.append(words) }
    groups.append(.traffic(store.statistics, packets))
    return FactsPane(explanation: explanation, groups: groups, top: factsView.top)
  }

  private static var systemTopics: [String] {
    [
      "version", "uptime", "clients/connected", "subscriptions/count", "retained messages/count",
      "store/messages/bytes",
    ]
  }

  /// What the broker publishes of itself, as far as it came.
  private var systemValues: [(name: String, value: String)] {
    Self.systemTopics.compactMap { name in
      guard let topic = store.find(Array("$SYS/broker/\(name)".utf8)), let newest = store.newest(of: topic),
        let payload = store.payload(of: newest, limit: 120)
      else { return nil }
      return (name, String(decoding: payload, as: UTF8.self))
    }
  }
}
