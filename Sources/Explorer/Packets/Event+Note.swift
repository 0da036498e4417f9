import MQTTClient

extension Event {
  /// What happened to the connection, in words that stand between its packets; nil for what the packets say themselves.
  var note: String? {
    switch self {
    case .connecting(let attempt, let version, let endpoint):
      "connecting to \(endpoint.withoutQuery) to speak MQTT \(version)" + (attempt > 1 ? ", attempt \(attempt)" : "")
    case .fellBack(let from, let to, .closed):
      "closed without an answer; MQTT \(to) is tried, in case \(from) was not understood"
    case .fellBack(let from, let to, _): "the broker would not speak MQTT \(from); MQTT \(to) is tried"
    case .disconnected(let end):
      "disconnected: \(Disconnection(end.reason, endpoint: end.endpoint.withoutQuery))"
        + (end.retryIn.map { " Next attempt in \(Format.elapsed($0))." } ?? "")
    case .journal(let event): event.description
    case .messages, .connected, .subscribed, .unsubscribed, .delivery, .pong, .authentication, .traced: nil
    }
  }
}
