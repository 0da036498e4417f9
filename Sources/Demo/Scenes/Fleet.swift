import Glibc
import MQTT
import MQTTClient

/// Trucks on their way around a city, in every format that such things send.
struct Fleet: Scene {
  private var random: SplitMix
  private var trucks: [Truck]
  private var positions = Rhythm(every: 0.15)
  private var engines = Rhythm(every: 0.5)
  private var logs = Rhythm(every: 9, first: 1)

  private static let gateway = "fleet-gateway"
  /// The kilometres of a degree of latitude, and the city's own.
  private static let degree = 111.2
  private static let (latitude, longitude) = (53.5511, 9.9937)

  private struct Truck {
    var name: String
    /// Where it is on its circle, in turns, and since when.
    var turn: Double
    var turnedAt: Int64 = 0
    /// Of its circle, in degrees of latitude.
    var radius: Double
    /// In km/h.
    var speed: Double
    var fuel: Double

    /// Goes on at its speed.
    mutating func move(to time: WorldTime) {
      let hours = Double(time.age - turnedAt) / 3.6e12
      turn = (turn + speed * hours / (2 * .pi * radius * Fleet.degree)).truncatingRemainder(dividingBy: 1)
      turnedAt = time.age
    }
  }

  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    trucks = (1...24).map { number in
      Truck(
        name: number < 10 ? "truck-0\(number)" : "truck-\(number)", turn: .random(in: 0..<1, using: &random),
        radius: .random(in: 0.02...0.2, using: &random), speed: .random(in: 30...90, using: &random),
        fuel: .random(in: 20...100, using: &random))
    }
    self.random = random
  }

  mutating func begin(at time: WorldTime) -> [Happening] {
    [
      .connect(Device(Self.gateway, will: Will("fleet/gateway", "offline"))),
      say(Message("fleet/gateway", "online", qos: .atLeastOnce, isRetained: true)),
    ] + trucks.indices.flatMap { [say(position(of: $0)), say(engine(of: $0)), say(status(of: $0))] }
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    var happenings: [Happening] = []
    if positions.isDue(at: time), let index = trucks.indices.randomElement(using: &random) {
      trucks[index].speed = min(90, max(0, trucks[index].speed + .random(in: -6...6, using: &random)))
      trucks[index].move(to: time)
      happenings.append(say(position(of: index)))
    }
    if engines.isDue(at: time), let index = trucks.indices.randomElement(using: &random) {
      trucks[index].fuel = max(2, trucks[index].fuel - 0.1)
      happenings.append(say(report(of: index)))
    }
    if logs.isDue(at: time), let truck = trucks.randomElement(using: &random) {
      let lines = (0..<40).map { #"{"t":\#(time.milliseconds - $0 * 250),"rpm":\#(900 + $0 * 7)}"# }
      let bytes = Stored.gzip(Array(lines.joined(separator: "\n").utf8))
      happenings.append(
        say(
          Message(
            "fleet/\(truck.name)/log", bytes: bytes, isRetained: true, properties: [.contentType("application/gzip")])))
    }
    return happenings
  }

  /// One of what a truck says of itself.
  private mutating func report(of index: Int) -> Message {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: engine(of: index)
    case 1: status(of: index)
    default: telemetry(of: index)
    }
  }

  private func say(_ message: Message) -> Happening { .publish(message, by: Self.gateway) }

  /// JSON, around Hamburg.
  private func position(of index: Int) -> Message {
    let truck = trucks[index]
    let angle = truck.turn * 2 * .pi
    let digits = { (degrees: Double) in (degrees * 1e5).rounded() / 1e5 }
    let value: Value = [
      "lat": .number(digits(Self.latitude + truck.radius * cos(angle))),
      "lon": .number(digits(Self.longitude + truck.radius * sin(angle) / cos(Self.latitude * .pi / 180))),
      "speed": .integer(Int(truck.speed)), "heading": .integer(Int(truck.turn * 360 + 90) % 360),
    ]
    return Message("fleet/\(truck.name)/position", value.json, isRetained: true)
  }

  /// CBOR.
  private func engine(of index: Int) -> Message {
    let truck = trucks[index]
    let value: Value = [
      "rpm": .integer(700 + Int(truck.speed) * 22), "coolant": .number((80 + truck.speed / 9).inTenths),
      "oil": .number(3.5), "faults": [], "vin": .bytes(Array(truck.name.utf8)),
    ]
    return Message(
      "fleet/\(truck.name)/engine", bytes: value.cbor, isRetained: true, properties: [.contentType("application/cbor")])
  }

  /// MessagePack.
  private func status(of index: Int) -> Message {
    let truck = trucks[index]
    let value: Value = [
      "fuel": .number(truck.fuel.inTenths), "doors": .flag(false), "driver": .text("driver \(index + 1)"),
    ]
    return Message(
      "fleet/\(truck.name)/status", bytes: value.messagePack, isRetained: true,
      properties: [.contentType("application/msgpack")])
  }

  /// Protocol Buffers without a schema.
  private func telemetry(of index: Int) -> Message {
    let truck = trucks[index]
    var message = Protobuf()
    message.add(1, truck.name)
    message.add(2, truck.speed)
    message.add(3, Float(truck.fuel))
    message.add(4, UInt64(index))
    return Message(
      "fleet/\(truck.name)/telemetry", bytes: message.bytes, properties: [.contentType("application/protobuf")])
  }
}
