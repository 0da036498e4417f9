import MQTT
import MQTTClient

/// As many topics and as many messages a second as somebody asks for.
struct Flood: Scene {
  private let scale: World.Scale
  private var random: SplitMix
  private var announced = 0
  private var sent = 0

  private static let name = "flood"
  /// Topics that are announced in one step, so that the broker and the rest of the world keep their turn.
  private static let step = 2_000

  init(_ scale: World.Scale, seed: UInt64) {
    self.scale = scale
    random = SplitMix(seed: seed)
  }

  func begin(at time: WorldTime) -> [Happening] { [.connect(Device(Self.name))] }

  mutating func advance(to time: WorldTime) -> [Happening] {
    let end = min(scale.topics, announced + Self.step)
    var happenings = (announced..<end).map { Happening.publish(message($0, isRetained: true), by: Self.name) }
    announced = end
    // What a slow machine could not send in its tenth of a second is not made up for
    let due = min(Int(time.seconds * Double(scale.rate)), sent + max(1, scale.rate / 10))
    happenings += (0..<max(0, due - sent)).map { _ in
      let topic = Int.random(in: 0..<max(1, scale.topics), using: &random)
      return .publish(message(topic, isRetained: false), by: Self.name)
    }
    sent = max(sent, Int(time.seconds * Double(scale.rate)))
    return happenings
  }

  private func message(_ number: Int, isRetained: Bool) -> Message {
    let value = Double(number % 997) / 10
    return Message(
      "flood/line-\(number / 1_000)/machine-\(number / 10 % 100)/sensor-\(number % 10)", #"{"value":\#(value)}"#,
      isRetained: isRetained)
  }
}
