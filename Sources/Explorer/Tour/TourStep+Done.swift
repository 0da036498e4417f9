import MQTT
import MQTTClient
import TopicStore

/// When a person has done what a step asks for.
extension TourStep {
  /// Whether it is done, as the model is now; costs no more than a glance at the selected topic.
  func isDone(in model: borrowing Model) -> Bool {
    switch self {
    case .tree: selected(in: model) == "home/kitchen/climate"
    case .history: model.history.chosen != nil
    case .retained: selected(in: model).hasPrefix("home/") && selected(in: model).hasSuffix("/motion")
    case .filter: model.search.map { !$0.isEditing && ($0.text.contains("+") || $0.text.contains("#")) } ?? false
    case .publish: model.form.publish.outcomes.contains { $0.topic.hasSuffix("/light/set") && $0.state == .done }
    case .exactlyOnce: model.form.publish.outcomes.contains { $0.qos == .exactlyOnce && $0.state == .done }
    case .packets: model.layer == .packets
    case .subscribe: model.connection.subscriptions.contains { Self.isOwn($0) }
    case .will: selected(in: model) == "home/doorbell/availability" && newest(in: model) == Array("offline".utf8)
    case .session: model.connection.connectionCount > 1 && model.connection.facts?.sessionPresent == true
    case .takeOver: selected(in: model).hasPrefix("duel/")
    case .keys: if case .commands = model.layer { true } else { false }
    }
  }

  /// Whether the person asked for it, and the broker granted it.
  private static func isOwn(_ subscribed: ConnectionStatus.Subscribed) -> Bool {
    subscribed.filter != "#" && subscribed.filter != "$SYS/#" && subscribed.answer?.isError == false
  }

  private func selected(in model: borrowing Model) -> String {
    model.tree.selected.map { String(decoding: model.store.path(of: $0), as: UTF8.self) } ?? ""
  }

  private func newest(in model: borrowing Model) -> [UInt8]? {
    model.tree.selected.flatMap { model.store.newest(of: $0) }.flatMap { model.store.payload(of: $0, limit: 16) }
  }
}
