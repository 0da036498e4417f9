import MQTT
import MQTTClient

/// A home in plain topics: climate, motion, lights that obey, power, and a thermostat that answers.
struct Home: Scene {
  private var random: SplitMix
  private var rooms: [Room]
  private var thermostat = 21.0
  private var climate = Rhythm(every: 0.7)
  private var motion = Rhythm(every: 1.9)
  private var power = Rhythm(every: 0.4)

  private static let controller = "home-controller"
  private static let thermostatName = "home-thermostat"
  private static let names = ["kitchen", "living-room", "bedroom", "bathroom", "hall", "office", "garage", "garden"]

  private struct Room {
    var name: String
    var temperature: Double
    var humidity: Double
    var isLit: Bool
    var isMoving = false
  }

  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    rooms = Self.names.map {
      Room(
        name: $0, temperature: .random(in: 19...23, using: &random), humidity: .random(in: 38...55, using: &random),
        isLit: .random(using: &random))
    }
    self.random = random
  }

  func begin(at time: WorldTime) -> [Happening] {
    [
      .connect(
        Device(
          Self.controller, will: Will("home/controller", "offline"),
          subscriptions: [Subscription(filter: "home/+/light/set", qos: .atLeastOnce)])),
      .connect(
        Device(
          Self.thermostatName, will: Will("home/thermostat", "offline"),
          subscriptions: [Subscription(filter: "home/thermostat/+", qos: .atLeastOnce, noLocal: true)])),
      say(Message("home/controller", "online", qos: .atLeastOnce, isRetained: true)),
      .publish(thermostatState, by: Self.thermostatName),
      say(Message("demo/readme", Self.readme, isRetained: true, properties: [.contentType("text/plain")])),
    ] + rooms.flatMap { [say(light(of: $0)), say(climate(of: $0))] }
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    var happenings: [Happening] = []
    if climate.isDue(at: time) {
      let index = rooms.indices.randomElement(using: &random) ?? 0
      rooms[index].temperature += .random(in: -0.2...0.2, using: &random) + (thermostat - rooms[index].temperature) / 40
      rooms[index].humidity += .random(in: -0.5...0.5, using: &random)
      happenings.append(say(climate(of: rooms[index])))
    }
    if motion.isDue(at: time) {
      let index = rooms.indices.randomElement(using: &random) ?? 0
      rooms[index].isMoving.toggle()
      happenings.append(say(Message("home/\(rooms[index].name)/motion", rooms[index].isMoving ? "ON" : "OFF")))
    }
    if power.isDue(at: time) {
      let room = rooms.randomElement(using: &random) ?? rooms[0]
      let watts = (room.isLit ? 42.0 : 3.0) + .random(in: 0...8, using: &random)
      happenings.append(say(Message("home/\(room.name)/power", "\(watts.inTenths)")))
    }
    return happenings
  }

  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] {
    device == Self.controller ? obey(message) : answer(message)
  }

  /// `home/kitchen/light/set` with ON, OFF or TOGGLE.
  private mutating func obey(_ message: Message) -> [Happening] {
    let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
    guard levels.count == 4, let index = rooms.firstIndex(where: { $0.name == levels[1] }) else { return [] }
    switch message.text.uppercased() {
    case "ON": rooms[index].isLit = true
    case "OFF": rooms[index].isLit = false
    case "TOGGLE": rooms[index].isLit.toggle()
    default:
      let words = "“\(message.text.prefix(20))” is none of ON, OFF and TOGGLE."
      return [say(Message("home/\(rooms[index].name)/light/refused", words, qos: .atLeastOnce))]
    }
    return [say(light(of: rooms[index]))]
  }

  /// `home/thermostat/set` with degrees; any question with a response topic has its answer there, as MQTT 5 has it.
  private mutating func answer(_ message: Message) -> [Happening] {
    let isSet = message.topic == "home/thermostat/set"
    let wanted = Double(message.text).flatMap { (5...30).contains($0) ? $0 : nil }
    if isSet, let wanted { thermostat = wanted }
    var happenings: [Happening] = isSet && wanted != nil ? [.publish(thermostatState, by: Self.thermostatName)] : []
    if let topic = message.properties.responseTopic {
      let isDone = !isSet || wanted != nil
      let words: Value = isDone ? ["target": .number(thermostat)] : ["error": "5 to 30 degrees, please"]
      happenings.append(
        .publish(
          Message(
            topic, words.json, qos: .atLeastOnce,
            properties: Properties(
              [.contentType("application/json"), message.properties.correlationData.map(Property.correlationData)]
                .compactMap(\.self))), by: Self.thermostatName))
    }
    return happenings
  }

  private func say(_ message: Message) -> Happening { .publish(message, by: Self.controller) }

  private var thermostatState: Message {
    Message("home/thermostat", (["target": .number(thermostat)] as Value).json, qos: .atLeastOnce, isRetained: true)
  }

  private func light(of room: Room) -> Message {
    Message("home/\(room.name)/light", room.isLit ? "ON" : "OFF", qos: .atLeastOnce, isRetained: true)
  }

  private func climate(of room: Room) -> Message {
    let value: Value = [
      "temperature": .number(room.temperature.inTenths), "humidity": .integer(Int(room.humidity)),
    ]
    return Message("home/\(room.name)/climate", value.json, qos: .atLeastOnce, isRetained: true)
  }

  private static let readme = """
    This is the world of mqttscope demo. Some things to try:

    p  publish ON or OFF to home/kitchen/light/set: the light obeys
    p  publish 23 to home/thermostat/set; with a response topic (MQTT 5) it answers there
    p  publish 1 at QoS 2 to demo/counter/add: it is counted exactly once
    /  find 温度, or spBv1.0/+/DDATA/#
    L  watch the packets of all this pass

    home/doorbell dies now and then: its will says so. duel/champion has two clients of one name.
    """
}

extension Double {
  /// With one digit behind the point.
  var inTenths: Double { (self * 10).rounded() / 10 }
}
