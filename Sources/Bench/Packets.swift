import MQTT
import NIOCore

/// Topics and packets to measure with, always the same.
enum Packets {
  /// Topics of a factory, six levels and 47 bytes or so: eight sensors a device.
  static func factoryTopic(_ index: Int) -> String {
    let areas = ["press-shop", "paint", "assembly", "warehouse", "utilities"]
    let sensors = ["temperature", "humidity", "pressure", "vibration", "current", "voltage", "speed", "state"]
    let device = index / 8
    let line = device / 25
    let area = line / 4
    let site = two(area / 5)
    let number = String(String(100_000 + device).dropFirst())
    return "site\(site)/\(areas[area % 5])/line\(line % 4)/dev\(number)/sensors/\(sensors[index % 8])"
  }

  /// Short topics of one level.
  static func shortTopic(_ index: Int) -> String { "t/\(two(index))" }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// PUBLISH packets, one behind the other: topic by topic, in strides that look like no order.
  static func publishes(
    _ count: Int, topics: Int, named name: (Int) -> String, payload size: Int, qos: QoS = .atMostOnce,
    isRetained: Bool = false, properties: Properties = [], version: ProtocolVersion = .v5
  ) throws -> ByteBuffer {
    var bytes = ByteBuffer()
    let payload = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
    for index in 0..<count {
      let publish = Publish(
        topic: name(topics == count ? index : index &* 7919 % topics), payload: payload, qos: qos,
        isRetained: isRetained, packetID: qos == .atMostOnce ? 0 : UInt16(index % 65_535 + 1), properties: properties)
      try Packet.publish(publish).encode(into: &bytes, version: version, from: .server)
    }
    return bytes
  }

  /// The packets as places in their bytes, as the client makes them of one read.
  static func views(of bytes: ByteBuffer, version: ProtocolVersion = .v5) throws -> [PublishView] {
    var views: [PublishView] = []
    var offset = 0
    var decoder = PacketDecoder(version: version, from: .server)
    _ = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views)
    return views
  }
}
