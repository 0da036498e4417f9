import FoundationEssentials
import Glibc
import MQTT
import MQTTClient
import NIOCore
import Payloads
import Testing

@testable import Demo

@Suite struct WorldTests {
  private static func time(_ seconds: Double) -> WorldTime {
    WorldTime(age: Int64(seconds * 1e9), wall: 1_772_366_671_000_000_000 + Int64(seconds * 1e9))
  }

  /// All that happens in so many seconds, looked at twenty times a second.
  private static func story(_ seed: UInt64, seconds: Int, scale: World.Scale = World.Scale()) -> [Happening] {
    var world = World(seed: seed, scale: scale)
    return world.begin(at: time(0)) + (1...seconds * 20).flatMap { world.advance(to: time(Double($0) / 20)) }
  }

  private static func messages(_ happenings: [Happening]) -> [Message] {
    happenings.compactMap { if case .publish(let message, _) = $0 { message } else { nil } }
  }

  @Test func `the same seed tells the same story, and another one another`() {
    #expect(Self.story(7, seconds: 20) == Self.story(7, seconds: 20))
    #expect(Self.story(7, seconds: 20) != Self.story(8, seconds: 20))
  }

  @Test func `whoever publishes is connected, and every topic is one`() throws {
    var connected: Set<String> = []
    for happening in Self.story(1, seconds: 130) {
      switch happening {
      case .connect(let device): connected.insert(device.name)
      case .vanish(let name): #expect(connected.remove(name) != nil)
      case .publish(let message, let name):
        #expect(connected.contains(name), "\(name) publishes to \(message.topic)")
        try TopicName.validate(message.topic)
      }
    }
  }

  @Test func `the world has what people meet`() {
    let topics = Set(Self.messages(Self.story(1, seconds: 60)).map(\.topic))
    for topic in [
      "home/kitchen/climate", "homeassistant/status", "zigbee2mqtt/bridge/state",
      "zigbee2mqtt/kitchen_bulb/availability",
      "spBv1.0/Plant/NBIRTH/Line-1", "spBv1.0/Plant/DBIRTH/Line-3/Outfeed", "spBv1.0/STATE/scada",
      "fleet/truck-07/position", "chat/lobby", "天气/北京/温度", "archive/inventory", "demo/counter", "duel/champion",
    ] { #expect(topics.contains(topic), "\(topic)") }
    #expect(topics.count > 250)
  }

  @Test func `whatever looks like JSON is JSON, but for the one that shows what is not`() {
    for message in Self.messages(Self.story(3, seconds: 30)) where message.topic != "archive/broken.json" {
      let bytes = Array(message.payload.readableBytesView)
      guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { continue }
      #expect(Document(bytes).kind == .json, "\(message.topic)")
    }
  }

  @Test(arguments: [("ON", "ON"), ("off", "OFF")])
  func `a light obeys and says so`(command: String, state: String) {
    var world = World()
    _ = world.begin(at: Self.time(0))
    let answer = world.receive(Message("home/kitchen/light/set", command), at: "home-controller", Self.time(1))
    #expect(Self.messages(answer) == [Message("home/kitchen/light", state, qos: .atLeastOnce, isRetained: true)])
    let refusal = world.receive(Message("home/kitchen/light/set", "purple"), at: "home-controller", Self.time(1))
    #expect(Self.messages(refusal).map(\.topic) == ["home/kitchen/light/refused"])
  }

  @Test func `the thermostat answers where it was asked to, with the correlation of the question`() throws {
    var world = World()
    _ = world.begin(at: Self.time(0))
    let question = Message(
      "home/thermostat/set", "23.5", properties: [.responseTopic("answers/1"), .correlationData([1, 2])])
    let answers = Self.messages(world.receive(question, at: "home-thermostat", Self.time(1)))
    #expect(answers.map(\.topic) == ["home/thermostat", "answers/1"])
    #expect(answers[0].text == #"{"target":23.5}"# && answers[0].isRetained)
    #expect(answers[1].properties.correlationData == [1, 2])
    let nonsense = Message("home/thermostat/set", "900", properties: [.responseTopic("answers/1")])
    let refusal = Self.messages(world.receive(nonsense, at: "home-thermostat", Self.time(2)))
    #expect(refusal.count == 1 && refusal[0].text.contains("error"))
  }

  @Test func `the counter counts, and survives nonsense`() {
    var world = World()
    _ = world.begin(at: Self.time(0))
    for (text, sum) in [("1", "1"), ("41", "42"), ("-2", "40")] {
      let answer = world.receive(Message("demo/counter/add", text), at: "demo-counter", Self.time(1))
      #expect(Self.messages(answer).map(\.text) == [sum])
    }
    for text in ["many", "", "1.5", "99999999999999999999", "9223372036854775807"] {
      let answer = Self.messages(world.receive(Message("demo/counter/add", text), at: "demo-counter", Self.time(1)))
      #expect(answer.map(\.topic) == ["demo/counter/refused"] && answer[0].text.contains("“\(text)”"))
    }
  }

  @Test func `the doorbell dies with a will, and comes back`() {
    let turns = Self.story(1, seconds: 60).compactMap { happening in
      switch happening {
      case .vanish(let name): "dies: \(name)"
      case .connect(let device) where device.name == "home-doorbell": device.will.map { "lives, or \($0.topic)" }
      default: nil
      }
    }
    #expect(
      turns.prefix(3) == [
        "lives, or home/doorbell/availability", "dies: home-doorbell", "lives, or home/doorbell/availability",
      ])
  }

  @Test func `the duelists have one client identifier and two names`() {
    let duelists = Self.story(1, seconds: 15).compactMap { happening in
      if case .connect(let device) = happening, device.clientID == "duelist" { device.name } else { nil }
    }
    #expect(duelists == ["duel-red", "duel-blue", "duel-red"])
  }

  @Test func `a truck is where its speed has brought it`() throws {
    var places: [String: (time: Double, latitude: Double, longitude: Double)] = [:]
    var world = World()
    var happenings = world.begin(at: Self.time(0))
    var count = 0
    for step in 0...1_200 {
      let time = Double(step) / 20
      for message in Self.messages(happenings) where message.topic.hasSuffix("/position") {
        let facts = try JSONDecoder().decode([String: Double].self, from: Data(message.text.utf8))
        let (latitude, longitude) = (try #require(facts["lat"]), try #require(facts["lon"]))
        if let before = places[message.topic] {
          let north = (latitude - before.latitude) * 111.2
          let east = (longitude - before.longitude) * 111.2 * cos(latitude * .pi / 180)
          let speed = (north * north + east * east).squareRoot() / (time - before.time) * 3_600
          // Five digits are about a metre, which is much for a truck that reports twice in a moment
          let slack = 1 + 0.003 / (time - before.time) * 3_600
          #expect(abs(speed - (try #require(facts["speed"]))) < slack, "\(message.topic) \(speed)")
          count += 1
        }
        places[message.topic] = (time, latitude, longitude)
      }
      happenings = world.advance(to: Self.time(time + 0.05))
    }
    #expect(count > 200)
  }

  @Test func `nobody says the same thing twice in a row, and a bell does not ring twice at once`() {
    let chat = Self.messages(Self.story(1, seconds: 120)).filter { $0.topic.hasPrefix("chat/") && !$0.isRetained }
    #expect(chat.count > 40 && zip(chat, chat.dropFirst()).allSatisfy { $0.text != $1.text })
    var world = World()
    _ = world.begin(at: Self.time(0))
    var rings: [Double] = []
    for step in 1...2_400 {
      let time = Double(step) / 20
      let said = Self.messages(world.advance(to: Self.time(time)))
      if said.contains(where: { $0.topic == "home/doorbell/ring" }) { rings.append(time) }
    }
    #expect(rings.count > 5 && zip(rings, rings.dropFirst()).allSatisfy { $1 - $0 > 6 })
  }

  @Test func `a scene whose device is busy waits, and the others go on`() {
    var world = World(scale: World.Scale(topics: 10, rate: 100_000))
    _ = world.begin(at: Self.time(0))
    let busy = (1...40).flatMap { world.advance(to: Self.time(Double($0) / 20), busy: ["flood"]) }
    #expect(!Self.messages(busy).isEmpty && Self.messages(busy).allSatisfy { !$0.topic.hasPrefix("flood/") })
    let flood = Self.messages(world.advance(to: Self.time(2.05))).filter {
      $0.topic.hasPrefix("flood/") && !$0.isRetained
    }
    #expect(flood.count == 10_000)
  }

  @Test func `a flood has the topics and the rate that were asked for`() {
    let flood = Self.messages(Self.story(1, seconds: 5, scale: World.Scale(topics: 3_000, rate: 400)))
      .filter { $0.topic.hasPrefix("flood/") }
    #expect(Set(flood.filter(\.isRetained).map(\.topic)).count == 3_000)
    #expect(flood.count { !$0.isRetained } == 2_000)
  }
}
