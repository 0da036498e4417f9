import MQTT
import MQTTClient

/// A connection that stands and shows nothing.
extension Explanation {
  /// The broker accepted us and has not answered what we subscribed to; nil if it has.
  init?(unansweredOf status: ConnectionStatus, after time: Int64, _ request: Unanswered?) {
    let filters = status.subscriptions.filter { $0.answer == nil }.map(\.filter)
    guard time >= Unanswered.patience, !filters.isEmpty else { return nil }
    self.init(
      what: "Connected, but the broker has not answered what we subscribed to: \(filters.joined(separator: ", ")).",
      why: [request?.evidence ?? "No SUBACK has come for \(Format.age(time)).", Unanswered.meaning],
      tries: [Unanswered.advice, "L shows the packets, s the subscriptions."], tone: .failure)
  }

  /// Why nothing arrives, from what was asked for and granted; nil while answers are due.
  ///
  /// - Parameter hasSystemTopics: the broker's own topics have come.
  init?(silenceOf status: ConnectionStatus, hasSystemTopics: Bool, isReadOnly: Bool) {
    let refused = status.refused
    guard !status.subscriptions.isEmpty else {
      self.init(
        what: "Connected, and subscribed to nothing.", why: ["Every subscription was removed."],
        tries: ["s, then a, adds one."], tone: .calm)
      return
    }
    guard status.subscriptions.allSatisfy({ $0.answer != nil }) else { return nil }
    if refused.count == status.subscriptions.count {
      var tries: [String] = []
      for case (let filter, let code?) in refused.map({ ($0.filter, $0.answer) }) {
        guard let help = SubscriptionAdvice.help(against: code, filter, firstLevel: nil), !tries.contains(help) else {
          continue
        }
        tries.append(help)
      }
      if refused.contains(where: { $0.answer == .notAuthorized || $0.answer == .unspecifiedError }) {
        tries.append(
          status.asked?.username == nil ? "A user may see more: --username NAME." : "Ask what the user may see.")
      }
      self.init(
        what: refused.contains(where: \.wasAsked)
          ? "The broker refused what we asked to see." : "The broker does not offer what we would like to see.",
        why: refused.map { "\($0.filter): \($0.reason)" },
        tries: tries, tone: .failure)
      return
    }
    let granted = status.subscriptions.filter { !$0.isRefused }
    let filters = granted.map(\.filter).joined(separator: ", ")
    let asksForRetained = granted.contains { $0.subscription.retainHandling != .doNotSend }
    var why = [
      asksForRetained
        ? "There are no retained messages that we may read, and nobody has published since."
        : "Nobody has published since, and retained messages were not asked for."
    ]
    if hasSystemTopics { why = ["Only the broker's own $SYS topics have come.", why[0]] }
    why += refused.map { "The broker refused \($0.filter): \($0.reason)" }
    why.append("Some brokers grant a filter and still keep back what we may not read.")
    var tries = isReadOnly ? [] : ["p publishes a message; it should appear here."]
    tries.append("Are the devices connected to this broker, and to this port of it?")
    self.init(
      what: "Connected, and subscribed to \(filters). Nothing has arrived yet.", why: why, tries: tries, tone: .calm)
  }
}
