import MQTT
import MQTTClient

/// Stations around the world whose topics are in the scripts of their places.
struct Weather: Scene {
  private var random: SplitMix
  private var values: [Double]
  private var reports = Rhythm(every: 0.8)

  private static let name = "weather-stations"
  private static let topics = [
    "天气/北京/温度", "天气/上海/温度", "天気/東京/気温", "날씨/서울/기온", "طقس/القاهرة/درجة الحرارة", "погода/Москва/температура",
    "καιρός/Αθήνα/θερμοκρασία", "weather/Zürich/temperature", "weather/São Paulo/temperature", "weather/🏝️/temperature",
  ]

  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    values = Self.topics.map { _ in .random(in: -5...35, using: &random) }
    self.random = random
  }

  func begin(at time: WorldTime) -> [Happening] {
    [.connect(Device(Self.name))] + Self.topics.indices.map(report)
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    guard reports.isDue(at: time), let index = values.indices.randomElement(using: &random) else { return [] }
    values[index] += .random(in: -0.3...0.3, using: &random)
    return [report(index)]
  }

  private func report(_ index: Int) -> Happening {
    .publish(Message(Self.topics[index], "\(values[index].inTenths)", isRetained: true), by: Self.name)
  }
}
