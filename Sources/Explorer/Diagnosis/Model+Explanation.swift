import MQTTClient
import TopicStore

/// What is wrong, from what the model knows.
extension Model {
  /// Nanoseconds after which a connection that shows nothing is worth a word.
  private static var patience: Int64 { 3_000_000_000 }

  /// What is wrong at the moment; nil while nothing is, or too little is known.
  var explanation: Explanation? {
    if let end = connection.lastEnd {
      return Explanation(end, circumstances)
    }
    guard connection.phase == .connected else { return nil }
    let isRefused = !connection.refused.isEmpty && connection.refused.count == connection.subscriptions.count
    let system = store.find(Array("$SYS".utf8)).flatMap { store.facts(of: $0) }?.topicsBelow ?? 0
    guard store.statistics.topics <= system else { return nil }
    let age = now.monotonic - (connection.connectedAt?.monotonic ?? now.monotonic)
    let unanswered = connection.subscriptions.first { $0.answer == nil }
    if age >= Unanswered.patience, let unanswered {
      let request = packets.request(about: unanswered.filter).flatMap(Unanswered.init)
      return Explanation(unansweredOf: connection, after: age, request)
    }
    guard isRefused || age >= Self.patience || connection.subscriptions.isEmpty else { return nil }
    let silence = Explanation(silenceOf: connection, hasSystemTopics: system > 0, isReadOnly: isReadOnly)
    return connection.isProfile ? silence?.inProfile : silence
  }

  private var circumstances: Explanation.Circumstances {
    Explanation.Circumstances(
      clientID: connection.clientID, username: connection.asked?.username, isProfile: connection.isProfile,
      lastBytes: connection.lastBytes, lasted: connection.lasted, offer: connection.offer)
  }

  /// Nothing can be seen but why: the explanation takes the place of all panes.
  var showsExplanationAlone: Bool {
    tree.count == 0 && store.filter == nil && store.statistics.topics == 0 && explanation != nil
  }
}
