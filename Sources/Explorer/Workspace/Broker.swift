import TopicStore

/// One of the brokers that are open: all that is known of it, and what is only ours.
///
/// An array holds no value that cannot be copied, so the workspace, its only owner, has each model behind a reference.
final class Broker {
  let id: BrokerID
  /// The profile that it was opened by; nil for a URL of the command line.
  var profile: String?
  var model: Model
  /// The theme that its profile wants.
  let theme: String?
  /// The messages that had come when it left the screen.
  var seen: UInt64 = 0
  /// When its store was settled last while it was off the screen, by the monotonic clock.
  var settled: Int64 = 0

  init(_ id: BrokerID, profile: String?, theme: String?, _ settings: Model.Settings) {
    self.id = id
    self.profile = profile
    self.theme = theme
    model = Model(settings)
  }

  /// Messages taken in since it left the screen.
  var unseen: UInt64 {
    let count = received
    return count > seen ? count - seen : 0
  }

  /// All messages taken in.
  var received: UInt64 {
    let statistics = model.store.statistics
    return statistics.messages + statistics.held
  }
}

/// The number by which loop and workspace mean the same broker; none is given twice.
struct BrokerID: Hashable, Sendable {
  let number: UInt64
}
