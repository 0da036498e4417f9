import MQTT
import MQTTClient

/// A connection that is made only to see how far it comes.
struct Trial: Equatable, Sendable {
  /// What was reached or not, in the order in which it happens.
  struct Step: Equatable, Sendable {
    enum Outcome: Equatable, Sendable {
      case underWay, reached, failed, notTried
    }

    var name: String
    var outcome: Outcome
    var words: String
  }

  let address: String
  /// By the monotonic clock.
  let start: Int64
  private(set) var name = Step(name: "Name", outcome: .underWay, words: "looking up")
  private(set) var network = Step(name: "Network", outcome: .notTried, words: "")
  private(set) var broker = Step(name: "Broker", outcome: .notTried, words: "")
  /// What one should know besides.
  private(set) var remarks: [String] = []
  private(set) var isOver = false

  var steps: [Step] { [name, network, broker] }
  var isSuccess: Bool { isOver && broker.outcome == .reached }

  /// It could not even be begun.
  mutating func fail(_ sentence: String) {
    isOver = true
    name.outcome = .notTried
    name.words = ""
    broker.outcome = .failed
    broker.words = sentence
  }

  mutating func receive(_ event: Event, at now: Int64) {
    guard !isOver else { return }
    switch event {
    case .connecting(_, let version, _):
      if broker.outcome == .underWay { broker.words = "MQTT \(version) is tried" }
    case .fellBack(let from, let to, _):
      pass(to: .underWay, "MQTT \(to) is tried")
      remarks.append("The broker would not speak MQTT \(from).")
    case .connected(let facts): connected(facts, at: now)
    case .disconnected(let end): failed(end)
    default: break
    }
  }

  private mutating func connected(_ facts: MQTTClient.Connection, at now: Int64) {
    isOver = true
    let all = Format.elapsed(now - start)
    pass(to: .reached, "MQTT \(facts.version), accepted in \(Format.elapsed(facts.roundTrip)), \(all) in all")
    if let maximum = facts.properties.maximumQoS { remarks.append("It accepts QoS \(maximum.rawValue) at most.") }
    if facts.properties.retainAvailable == false { remarks.append("It does not keep retained messages.") }
  }

  private mutating func failed(_ end: Disconnection) {
    isOver = true
    let why = ProfileWords.words(end.description)
    switch end.reason {
    case .unknownHost:
      name.outcome = .failed
      name.words = why
    case .connectionRefused, .timedOut(.network, _), .network:
      name = Step(name: name.name, outcome: .reached, words: "found")
      network.outcome = .failed
      network.words = why
    default:
      pass(to: .failed, why)
    }
  }

  /// The network is there; what is left is the broker.
  private mutating func pass(to outcome: Step.Outcome, _ words: String) {
    name = Step(name: name.name, outcome: .reached, words: "found")
    network = Step(name: network.name, outcome: .reached, words: "reached")
    broker.outcome = outcome
    broker.words = words
  }
}
