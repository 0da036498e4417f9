import MQTT
import MQTTClient

/// A believable world of devices: a home, a plant, a fleet, a chat, and whatever else people send over MQTT.
///
/// It is a value: the same seed and the same times tell the same story, to the byte. `WorldPlayer` gives each device a
/// client of its own and does what happens.
public struct World: Sendable {
  private var scenes: [any Scene]
  /// Which scene a device belongs to.
  private var places: [String: Int] = [:]

  /// How large the world is beside its scenes.
  public struct Scale: Equatable, Sendable {
    /// Topics below `flood`.
    public var topics: Int
    /// Messages a second on them.
    public var rate: Int

    /// A scale; without arguments there is no flood.
    public init(topics: Int = 0, rate: Int = 0) {
      self.topics = topics
      self.rate = rate
    }
  }

  /// A world that has not begun.
  public init(seed: UInt64 = 1, scale: Scale = Scale()) {
    var random = SplitMix(seed: seed)
    scenes = [
      Home(seed: random.next()), Zigbee(seed: random.next()), Doorbell(), Plant(seed: random.next()),
      Fleet(seed: random.next()), Chat(seed: random.next()), Weather(seed: random.next()), Archive(seed: random.next()),
      Counter(), Duel(),
    ]
    if scale.topics > 0 || scale.rate > 0 { scenes.append(Flood(scale, seed: random.next())) }
  }

  /// The devices connect and say what they are.
  public mutating func begin(at time: WorldTime) -> [Happening] {
    scenes.indices.flatMap { index in
      let happenings = scenes[index].begin(at: time)
      for case .connect(let device) in happenings { places[device.name] = index }
      return happenings
    }
  }

  /// What has happened since the last call.
  ///
  /// - Parameter busy: devices that have not got rid of what they said before; their scenes wait.
  public mutating func advance(to time: WorldTime, busy: Set<String> = []) -> [Happening] {
    let waiting = Set(busy.compactMap { places[$0] })
    return scenes.indices.filter { !waiting.contains($0) }.flatMap { scenes[$0].advance(to: time) }
  }

  /// What a device does about a message that came to it.
  public mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] {
    guard let place = places[device] else { return [] }
    return scenes[place].receive(message, at: device, time)
  }
}
