import MQTT
import MQTTClient
import Terminal
import TopicStore

/// The screen of subscriptions in the model.
extension Model {
  mutating func openSubscriptions() {
    layer = .subscriptions
    subscriptionsView.topic = nil
    subscriptionsView.line = 0
    subscriptionsView.form = nil
    subscriptionsView.problem = nil
  }

  /// The same with only those that bring the selected topic.
  mutating func openUnsubscribing() {
    openSubscriptions()
    subscriptionsView.topic = tree.selected.map { store.path(of: $0) }
  }

  mutating func handleSubscriptions(_ key: Key) -> [Effect] {
    let listed = listedSubscriptions
    switch subscriptionsView.handle(key, count: listed.count) {
    case .none: break
    case .command(.leave): layer = .none
    case .command(.reconnect): return [.perform(connection.reconnection)]
    case .command(.add): subscriptionsView.form = SubscriptionForm(filter: offeredFilter)
    case .command(.change):
      if listed.indices.contains(subscriptionsView.line) {
        subscriptionsView.form = SubscriptionForm(changing: listed[subscriptionsView.line])
      }
    case .command(.remove):
      guard listed.indices.contains(subscriptionsView.line) else { break }
      return remove(listed[subscriptionsView.line].filter)
    case .send: return subscribe()
    }
    return []
  }

  var subscriptionsPane: SubscriptionsPane {
    let listed = listedSubscriptions
    var pane = SubscriptionsPane(
      view: subscriptionsView, listed: listed, connection: connection, firstLevel: firstLevel, now: now.monotonic)
    if listed.indices.contains(subscriptionsView.line) {
      let lit = listed[subscriptionsView.line]
      if pane.missing(lit) != nil { pane.unanswered = packets.request(about: lit.filter).flatMap(Unanswered.init) }
    }
    return pane
  }

  /// Those of the connection, and behind them those that the broker was asked for and has not answered.
  private var listedSubscriptions: [ConnectionStatus.Subscribed] {
    var all = connection.subscriptions
    for asked in subscriptionsView.asked {
      guard let subscription = asked.subscription,
        !all.contains(where: { $0.filter.utf8.elementsEqual(asked.filter.utf8) })
      else { continue }
      all.append(ConnectionStatus.Subscribed(subscription: subscription, identifier: asked.identifier))
    }
    guard let topic = subscriptionsView.topic else { return all }
    let version = connection.version ?? .v5
    return all.filter { SubscriptionAdvice.brings($0.filter, topic: topic, version: version) }
  }

  /// A filter for what lies below the selected topic.
  private var offeredFilter: String {
    let topic = subscriptionsView.topic ?? tree.selected.map { store.path(of: $0) }
    let filter = topic.map { String(decoding: $0, as: UTF8.self) + "/#" } ?? "#"
    guard connection.refused.contains(where: { $0.filter == filter }) else { return filter }
    return SubscriptionAdvice.narrower(than: filter, firstLevel: firstLevel) ?? ""
  }

  /// A level that topics begin with, other than the broker's own.
  var firstLevel: String? {
    let names = store.complete([], limit: 8).map { $0.prefix { $0 != UInt8(ascii: "/") } }
    return names.first { !$0.isEmpty && $0.first != UInt8(ascii: "$") }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Lights the row of a filter that was just answered, so that the next key is about it.
  mutating func light(_ filter: String) {
    let place = listedSubscriptions.firstIndex { $0.filter.utf8.elementsEqual(filter.utf8) }
    if let place { subscriptionsView.line = place }
  }

  private mutating func subscribe() -> [Effect] {
    guard let form = subscriptionsView.form else { return [] }
    guard let (subscription, identifier) = form.subscription else {
      subscriptionsView.problem = "The identifier is a number from 1 to 268,435,455."
      return []
    }
    if let problem = SubscriptionAdvice.problem(with: subscription, identifier: identifier, connection) {
      subscriptionsView.problem = problem
      return []
    }
    subscriptionsView.form = nil
    let request = subscriptionsView.begin(
      SubscriptionsView.Asked(
        filter: subscription.filter, subscription: subscription, identifier: identifier, time: now.monotonic))
    let properties = Properties(identifier.map { [.subscriptionIdentifier($0)] } ?? [])
    return [.perform(.subscribe(request, [subscription], properties))]
  }

  private mutating func remove(_ filter: String) -> [Effect] {
    let request = subscriptionsView.begin(SubscriptionsView.Asked(filter: filter, time: now.monotonic))
    return [.perform(.unsubscribe(request, [filter], []))]
  }

  mutating func removed(_ removals: [Removal], for request: RequestID, _ words: Properties) {
    subscriptionsView.answered(request)
    connection.removed(removals)
    subscriptionsView.line = max(0, min(subscriptionsView.line, listedSubscriptions.count - 1))
    for removal in removals {
      let code = removal.reasonCode
      let reason = words.reasonString.map { " It says: “\($0)”." } ?? ""
      guard code.isError else {
        let note = code == .success ? "" : " (\(code.rawValue) \(code.words(in: .unsuback)))"
        let rest =
          connection.subscriptions.isEmpty ? " Nothing is subscribed to any more: s, then a, adds a filter." : ""
        say(
          rest.isEmpty ? .success : .warning,
          "Unsubscribed from \(removal.filter)\(note); what came by it stays in the tree.\(rest)")
        continue
      }
      say(.failure, "\(removal.filter) stays: \(code.rawValue) \(code.words(in: .unsuback)).\(reason)")
    }
  }

  /// A request came to nothing.
  mutating func failed(_ request: RequestID, _ error: RequestError) {
    guard let filter = subscriptionsView.failed(request) else { return }
    say(.failure, "\(filter): \(error)")
  }
}
