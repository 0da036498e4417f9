import MQTT
import MQTTClient

/// A device that dies now and then: the broker publishes its will, until it is back.
struct Doorbell: Scene {
  private var rings = Rhythm(every: 7, first: 3)
  private var turns = Rhythm(every: 12, first: 20)
  private var isAlive = true
  private var count = 0

  private static let name = "home-doorbell"

  func begin(at time: WorldTime) -> [Happening] { birth }

  mutating func advance(to time: WorldTime) -> [Happening] {
    if turns.isDue(at: time) {
      isAlive.toggle()
      return isAlive ? birth : [.vanish(Self.name)]
    }
    guard isAlive, rings.isDue(at: time) else { return [] }
    count += 1
    return [.publish(Message("home/doorbell/ring", "\(count)", qos: .atLeastOnce), by: Self.name)]
  }

  private var birth: [Happening] {
    [
      .connect(Device(Self.name, will: Will("home/doorbell/availability", "offline"))),
      .publish(Message("home/doorbell/availability", "online", qos: .atLeastOnce, isRetained: true), by: Self.name),
    ]
  }
}
