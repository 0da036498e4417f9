import MQTT
import MQTTClient
import TopicStore

/// What was there when a step of the tour began, and is not its doing.
struct TourBeginning: Equatable {
  private let requests: Set<RequestID>
  private let connections: Int
  private let filter: String?

  init(in model: borrowing Model) {
    requests = Set(model.form.publish.outcomes.map(\.request))
    connections = model.connection.connectionCount
    filter = model.search?.text
  }

  /// Whether a message for the topic was published since, at this QoS or above, to the end of what its QoS asks for.
  func hasPublished(_ topic: String, _ qos: QoS, in model: borrowing Model) -> Bool {
    model.form.publish.outcomes.contains {
      $0.topic == topic && $0.qos >= qos && $0.state == .done && !requests.contains($0.request)
    }
  }

  /// Whether a filter with a wildcard was given since, and something matches it.
  func hasFiltered(in model: borrowing Model) -> Bool {
    guard let search = model.search, !search.isEditing, search.text != filter else { return false }
    return (search.text.contains("+") || search.text.contains("#")) && (model.store.matchCount ?? 0) > 0
  }

  /// Whether we have connected again since, to the session that was kept.
  func hasConnected(in model: borrowing Model) -> Bool {
    model.connection.connectionCount > connections && model.connection.facts?.sessionPresent == true
  }
}

/// When a person has done what a step asks for.
extension TourStep {
  /// Whether it is done, as the model is now; costs no more than a glance at the selected topic.
  func isDone(in model: borrowing Model, since beginning: TourBeginning) -> Bool {
    switch self {
    case .tree: selected(in: model) == "home/kitchen/climate"
    case .history: model.history.chosen != nil
    case .retained: selected(in: model).hasPrefix("home/") && selected(in: model).hasSuffix("/motion")
    case .filter: beginning.hasFiltered(in: model)
    case .publish: beginning.hasPublished("home/kitchen/light/set", .atMostOnce, in: model)
    case .exactlyOnce: beginning.hasPublished("demo/counter/add", .exactlyOnce, in: model)
    case .packets: model.layer == .packets
    case .subscribe: model.connection.subscriptions.contains { Self.isOwn($0) }
    case .will: selected(in: model) == "home/doorbell/availability" && newest(in: model) == Array("offline".utf8)
    case .session: model.layer == .facts && beginning.hasConnected(in: model)
    case .takeOver: selected(in: model).hasPrefix("duel/")
    case .keys: if case .commands = model.layer { true } else { false }
    }
  }

  /// Whether the person asked for it, and the broker granted it at the QoS that was to be asked for.
  private static func isOwn(_ subscribed: ConnectionStatus.Subscribed) -> Bool {
    guard subscribed.filter != "#", subscribed.filter != "$SYS/#", let answer = subscribed.answer else { return false }
    return answer == .grantedQoS1 || answer == .grantedQoS2
  }

  private func selected(in model: borrowing Model) -> String {
    model.tree.selected.map { String(decoding: model.store.path(of: $0), as: UTF8.self) } ?? ""
  }

  private func newest(in model: borrowing Model) -> [UInt8]? {
    model.tree.selected.flatMap { model.store.newest(of: $0) }.flatMap { model.store.payload(of: $0, limit: 16) }
  }
}
