import MQTT
import MQTTClient
import Terminal

/// Where the person is among the subscriptions, and what was asked of the broker and is not answered yet.
struct SubscriptionsView: Equatable {
  /// The lit line.
  var line = 0
  /// Only what brings this topic is listed; nil lists all.
  var topic: [UInt8]?
  var form: SubscriptionForm?
  /// The answer to the last deed, or why it cannot be done.
  var problem: String?
  private var pending: [RequestID: Asked] = [:]
  private var nextRequest: UInt64 = 1 << 40  // beside the numbers of the publish form

  /// What was asked of the broker.
  struct Asked: Equatable {
    let filter: String
    /// What was asked for; nil where a subscription is to end.
    var subscription: Subscription?
    var identifier: UInt32?
    /// When, by the monotonic clock.
    var time: Int64 = 0
  }

  /// What a key asks of the model.
  enum Outcome: Equatable {
    case none, send
    case command(SubscriptionCommand)
  }

  mutating func handle(_ key: Key, count: Int) -> Outcome {
    problem = nil
    if var form {
      let outcome = form.handle(key)
      self.form = outcome == .cancel ? nil : form
      return outcome == .send ? .send : .none
    }
    if let command = SubscriptionCommand(key) { return .command(command) }
    switch key {
    case .character("j"), .down: line += 1
    case .character("k"), .up: line -= 1
    case .mouse(let event) where event.action == .wheelDown: line += 1
    case .mouse(let event) where event.action == .wheelUp: line -= 1
    case .pageDown: line += 10
    case .pageUp: line -= 10
    case .character("g"), .home: line = 0
    case .character("G"), .end: line = count - 1
    default: break
    }
    line = max(0, min(line, count - 1))
    return .none
  }

  mutating func begin(_ asked: Asked) -> RequestID {
    let request = RequestID(rawValue: nextRequest)
    nextRequest += 1
    pending[request] = asked
    return request
  }

  /// A request was answered; gives what it asked for, if it was one of ours.
  @discardableResult
  mutating func answered(_ request: RequestID) -> Asked? {
    pending.removeValue(forKey: request)
  }

  /// A request ended without an answer; gives the filter that it was about, if it was one of ours.
  mutating func failed(_ request: RequestID) -> String? {
    pending.removeValue(forKey: request)?.filter
  }

  /// What was asked for and is not answered, in the order of asking.
  var asked: [Asked] { pending.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value) }

  /// When the broker was asked what it has not answered yet; nil if it answered all.
  func askedAt(_ filter: String) -> Int64? {
    pending.values.lazy.filter { $0.filter.utf8.elementsEqual(filter.utf8) }.map(\.time).min()
  }
}
