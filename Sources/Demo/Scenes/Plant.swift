import MQTT
import MQTTClient
import NIOCore

/// A plant that speaks Sparkplug B: edge nodes with devices, births, data by exception, and deaths by will.
struct Plant: Scene {
  private var random: SplitMix
  private var nodes: [Node]
  private var data = Rhythm(every: 0.25, first: 3)
  private var births = Rhythm(every: 120, first: 2)

  private static let host = "scada-host"

  private struct Node {
    var name: String
    var sequence: UInt8 = 0
    var values: [[Float]]

    var client: String { "edge-\(name)" }
  }

  private static let metrics = ["Speed", "Torque", "Temperature", "Vibration", "Current", "Pressure"]
  private static let stations = ["Infeed", "Press", "Cooling", "Outfeed"]
  private static let axes = (1...7).map { "Axis \($0)" }

  /// The metrics of one device.
  private static let names = axes.flatMap { axis in metrics.map { "\(axis)/\($0)" } }

  init(seed: UInt64) {
    var random = SplitMix(seed: seed)
    nodes = ["Line-1", "Line-2", "Line-3"].map { name in
      Node(name: name, values: Self.stations.map { _ in Self.names.map { _ in .random(in: 10...90, using: &random) } })
    }
    self.random = random
  }

  func begin(at time: WorldTime) -> [Happening] {
    let offline = (["online": false, "timestamp": .integer(time.milliseconds)] as Value)
    let online = (["online": true, "timestamp": .integer(time.milliseconds)] as Value)
    return [
      .connect(Device(Self.host, will: Will("spBv1.0/STATE/scada", offline.json))),
      .publish(Message("spBv1.0/STATE/scada", online.json, qos: .atLeastOnce, isRetained: true), by: Self.host),
    ]
      + nodes.map { node in
        let death = SparkplugPayload(
          timestamp: time.milliseconds, metrics: [SparkplugMetric(name: "bdSeq", value: .int64(0))])
        let commands = Subscription(filter: "spBv1.0/Plant/NCMD/\(node.name)", qos: .atLeastOnce)
        return .connect(
          Device(
            node.client,
            will: Will(
              topic: "spBv1.0/Plant/NDEATH/\(node.name)", payload: .init(bytes: death.bytes), qos: .atLeastOnce),
            subscriptions: [commands]))
      }
  }

  mutating func advance(to time: WorldTime) -> [Happening] {
    var happenings: [Happening] = []
    if births.isDue(at: time) { happenings += nodes.indices.flatMap { birth(of: $0, time) } }
    if data.isDue(at: time), let node = nodes.indices.randomElement(using: &random) {
      happenings.append(report(of: node, time))
    }
    return happenings
  }

  /// A command to a node, whatever it asks for, has its births for an answer.
  mutating func receive(_ message: Message, at device: String, _ time: WorldTime) -> [Happening] {
    guard let node = nodes.firstIndex(where: { $0.client == device }) else { return [] }
    return birth(of: node, time)
  }

  private mutating func birth(of node: Int, _ time: WorldTime) -> [Happening] {
    nodes[node].sequence = 0
    let own = [
      SparkplugMetric(name: "bdSeq", value: .int64(0)),
      SparkplugMetric(name: "Node Control/Rebirth", value: .flag(false)),
      SparkplugMetric(name: "Properties/Hardware", value: .text("mqttscope demo")),
    ]
    return [say("NBIRTH", node, nil, own, time)]
      + Self.stations.indices.map { station in
        let metrics = zip(Self.names, nodes[node].values[station]).map {
          SparkplugMetric(name: $0, value: .float($1))
        }
        return say("DBIRTH", node, Self.stations[station], metrics, time)
      }
  }

  private mutating func report(of node: Int, _ time: WorldTime) -> Happening {
    let station = Self.stations.indices.randomElement(using: &random) ?? 0
    let metrics = (0..<4).map { _ in
      let metric = Self.names.indices.randomElement(using: &random) ?? 0
      nodes[node].values[station][metric] += .random(in: -1...1, using: &random)
      return SparkplugMetric(name: Self.names[metric], value: .float(nodes[node].values[station][metric]))
    }
    return say("DDATA", node, Self.stations[station], metrics, time)
  }

  private mutating func say(
    _ kind: String, _ node: Int, _ station: String?, _ metrics: [SparkplugMetric], _ time: WorldTime
  ) -> Happening {
    let payload = SparkplugPayload(
      timestamp: time.milliseconds, metrics: metrics, sequence: nodes[node].sequence)
    nodes[node].sequence &+= 1
    let topic = "spBv1.0/Plant/\(kind)/\(nodes[node].name)" + (station.map { "/\($0)" } ?? "")
    return .publish(Message(topic, bytes: payload.bytes), by: nodes[node].client)
  }
}
