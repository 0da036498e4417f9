import MQTT
import MQTTClient

/// Two clients with one client identifier: each puts the other out.
struct Duel: Scene {
  private var turns = Rhythm(every: 5, first: 2)
  private var round = 0

  private static let names = ["red", "blue"]

  func begin(at time: WorldTime) -> [Happening] { [] }

  mutating func advance(to time: WorldTime) -> [Happening] {
    guard turns.isDue(at: time) else { return [] }
    let name = Self.names[round % 2]
    round += 1
    let words: Value = ["champion": .text(name), "round": .integer(round)]
    return [
      .connect(Device("duel-\(name)", clientID: "duelist", will: Will("duel/last-words", "\(name) was put out"))),
      .publish(Message("duel/champion", words.json, qos: .atLeastOnce, isRetained: true), by: "duel-\(name)"),
    ]
  }
}
