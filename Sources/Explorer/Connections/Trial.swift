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
  /// That there is a password, where a command gives it.
  private(set) var password: Step?
  /// What is tried once the password is there.
  private(set) var awaiting: Profile?
  private(set) var name = Step(name: "Name", outcome: .underWay, words: "looking up")
  private(set) var network = Step(name: "Network", outcome: .notTried, words: "")
  private(set) var broker = Step(name: "Broker", outcome: .notTried, words: "")
  /// What one should know besides.
  private(set) var remarks: [String] = []
  private(set) var isOver = false

  var steps: [Step] { [password].compactMap(\.self) + [name, network, broker] }
  var isSuccess: Bool { isOver && broker.outcome == .reached }

  /// It could not even be begun.
  mutating func fail(_ sentence: String) {
    isOver = true
    name.outcome = .notTried
    name.words = ""
    if password?.outcome == .underWay {
      password?.outcome = .failed
      password?.words = sentence
    } else {
      broker.outcome = .failed
      broker.words = sentence
    }
  }

  /// The command that gives the password is running.
  mutating func awaitPassword(of command: String, for profile: Profile) {
    awaiting = profile
    password = Step(name: "Password", outcome: .underWay, words: "waiting for the command: \(command)")
    name = Step(name: name.name, outcome: .notTried, words: "")
  }

  /// The command gave the password; gives what is to be tried with it.
  mutating func gotPassword() -> Profile? {
    password?.outcome = .reached
    password?.words = "given"
    name = Step(name: name.name, outcome: .underWay, words: "looking up")
    return awaiting
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
