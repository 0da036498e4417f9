import MQTT
import MQTTClient

/// The devices of a Zigbee2MQTT bridge, and Home Assistant's discovery of them.
struct Zigbee: Scene {
  private var random: SplitMix
  private var devices: [Thing]
  private var reports = Rhythm(every: 0.3)

  private static let bridge = "zigbee2mqtt"
  private static let hub = "home-assistant"

  private struct Thing {
    enum Kind: CaseIterable { case climate, motion, contact, plug, bulb }

    var name: String
    var address: String
    var kind: Kind
    var battery: Int
    var value: Double
    var isOn = false

    var state: Value {
      let quality: (String, Value) = ("linkquality", .integer(60 + battery))
      let pairs: [(String, Value)] =
        switch kind {
        case .climate:
          [
            ("battery", .integer(battery)), ("humidity", .number((40 + value / 2).inTenths)),
            ("pressure", .integer(1_004 + battery % 9)), ("temperature", .number(value.inTenths)),
          ]
        case .motion:
          [("battery", .integer(battery)), ("illuminance", .integer(Int(value * 9))), ("occupancy", .flag(isOn))]
        case .contact: [("battery", .integer(battery)), ("contact", .flag(!isOn))]
        case .plug: [("energy", .number((value * 31).inTenths)), ("power", .number(value.inTenths)), ("state", onOff)]
        case .bulb: [("brightness", .integer(Int(value * 5))), ("color_temp", .integer(370)), ("state", onOff)]
        }
      return .map((pairs + [quality]).map { (name: $0.0, value: $0.1) })
    }

    private var onOff: Value { .text(isOn ? "ON" : "OFF") }
  }

  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    devices = ["kitchen", "living_room", "bedroom", "bathroom", "office"].flatMap { room in
      Thing.Kind.allCases.map { kind in
        let address = String(UInt64.random(in: 1 << 60..<1 << 61, using: &random), radix: 16)
        return Thing(
          name: "\(room)_\(kind)", address: "0x\(address)", kind: kind, battery: .random(in: 20...100, using: &random),
          value: .random(in: 15...25, using: &random))
      }
    }
    self.random = random
  }

  func begin(at time: WorldTime) -> [Happening] {
    [
      .connect(
        Device(
          Self.bridge, will: Will("zigbee2mqtt/bridge/state", #"{"state":"offline"}"#),
          subscriptions: [Subscription(filter: "zigbee2mqtt/+/set", qos: .atLeastOnce)])),
      .connect(Device(Self.hub, will: Will("homeassistant/status", "offline"))),
      say("zigbee2mqtt/bridge/state", #"{"state":"online"}"#),
      say("zigbee2mqtt/bridge/info", (["version": "2.1.0", "log_level": "info", "permit_join": false] as Value).json),
      say("zigbee2mqtt/bridge/devices", Value.list(devices.map(Self.description)).json),
      .publish(Message("homeassistant/status", "online", qos: .atLeastOnce, isRetained: true), by: Self.hub),
    ]
      + devices.flatMap { device in
        [
          say("zigbee2mqtt/\(device.name)", device.state.json),
          say("zigbee2mqtt/\(device.name)/availability", #"{"state":"online"}"#),
        ] + discoveries(of: device)
      }
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    guard reports.isDue(at: time), let index = devices.indices.randomElement(using: &random) else { return [] }
    devices[index].value = min(48, max(1, devices[index].value + .random(in: -0.4...0.4, using: &random)))
    if devices[index].kind != .plug, devices[index].kind != .bulb, Int.random(in: 0..<4, using: &random) == 0 {
      devices[index].isOn.toggle()
    }
    return [say("zigbee2mqtt/\(devices[index].name)", devices[index].state.json)]
  }

  /// `zigbee2mqtt/kitchen_bulb/set` with ON, OFF, TOGGLE or `{"state":"ON"}`.
  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] {
    let name = message.topic.split(separator: "/").dropFirst().first ?? ""
    guard let index = devices.firstIndex(where: { $0.name == name }), [.plug, .bulb].contains(devices[index].kind)
    else {
      return []
    }
    let words = message.text.uppercased()
    if words.contains("TOGGLE") {
      devices[index].isOn.toggle()
    } else if words.contains("OFF") {
      devices[index].isOn = false
    } else if words.contains("ON") {
      devices[index].isOn = true
    } else {
      return []
    }
    return [say("zigbee2mqtt/\(name)", devices[index].state.json)]
  }

  private func say(_ topic: String, _ text: String) -> Happening {
    .publish(Message(topic, text, qos: .atLeastOnce, isRetained: true), by: Self.bridge)
  }

  private static func description(_ thing: Thing) -> Value {
    [
      "ieee_address": .text(thing.address), "friendly_name": .text(thing.name), "type": "EndDevice",
      "supported": true, "interview_completed": true,
    ]
  }

  private func discoveries(of thing: Thing) -> [Happening] {
    let fields: [(component: String, field: String, unit: String)] =
      switch thing.kind {
      case .climate:
        [("sensor", "temperature", "°C"), ("sensor", "humidity", "%"), ("sensor", "pressure", "hPa")]
      case .motion: [("binary_sensor", "occupancy", "")]
      case .contact: [("binary_sensor", "contact", "")]
      case .plug: [("switch", "state", ""), ("sensor", "power", "W")]
      case .bulb: [("light", "state", "")]
      }
    return fields.map { component, field, unit in
      let configuration: Value = [
        "name": .text(field), "unique_id": .text("\(thing.address)_\(field)_zigbee2mqtt"),
        "state_topic": .text("zigbee2mqtt/\(thing.name)"), "value_template": .text("{{ value_json.\(field) }}"),
        "unit_of_measurement": .text(unit),
        "availability": [["topic": .text("zigbee2mqtt/\(thing.name)/availability")]],
        "device": ["identifiers": [.text("zigbee2mqtt_\(thing.address)")], "name": .text(thing.name)],
      ]
      return say("homeassistant/\(component)/\(thing.address)/\(field)/config", configuration.json)
    }
  }
}
