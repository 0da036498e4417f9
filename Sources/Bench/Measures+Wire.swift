import MQTT
import NIOCore

extension Measure {
  static var wire: [Measure] {
    [
      decode("tiny", "a PUBLISH, 20 B payload", topics: 100, name: Packets.shortTopic, payload: 20),
      decode("mixed", "a PUBLISH, 47 B topic, 100 B payload", topics: 10_000, payload: 100),
      decode("qos1", "the same at QoS 1", topics: 10_000, payload: 100, qos: .atLeastOnce),
      decode(
        "properties", "the same with three properties", topics: 10_000, payload: 100,
        properties: [
          .payloadFormatIndicator(.utf8), .contentType("application/json"),
          .userProperty(UserProperty("source", "bench")),
        ]),
      encode("publish", "a PUBLISH at QoS 1, 47 B topic, 100 B payload") { index in
        .publish(
          Publish(
            topic: Packets.factoryTopic(611), payload: ByteBuffer(repeating: 65, count: 100), qos: .atLeastOnce,
            packetID: index))
      },
      encode("puback", "a PUBACK without reason") { .puback(Acknowledgement($0)) },
    ]
  }

  private static func decode(
    _ name: String, _ explanation: String, topics: Int, name topic: @escaping (Int) -> String = Packets.factoryTopic,
    payload: Int, qos: QoS = .atMostOnce, properties: Properties = []
  ) -> Measure {
    Measure("decode.\(name)", .nanoseconds, "decode and validate \(explanation)") {
      let bytes = try Packets.publishes(
        20_000, topics: topics, named: topic, payload: payload, qos: qos, properties: properties)
      var views: [PublishView] = []
      views.reserveCapacity(20_000)
      return {
        try Cost.ofThread {
          for _ in 0..<50 {
            views.removeAll(keepingCapacity: true)
            var decoder = PacketDecoder(version: .v5, from: .server)
            var offset = 0
            _ = try decoder.decode(bytes.readableBytesSpan, at: &offset, publishes: &views)
          }
        } / Double(views.count * 50)
      }
    }
  }

  private static func encode(
    _ name: String, _ explanation: String, packet: @escaping (UInt16) -> Packet
  ) -> Measure {
    Measure("encode.\(name)", .nanoseconds, "encode \(explanation)") {
      let packets = (1...1_000).map(packet)
      var bytes = ByteBuffer()
      return {
        try Cost.ofThread {
          for _ in 0..<500 {
            bytes.clear()
            for packet in packets { try packet.encode(into: &bytes, version: .v5, from: .client) }
          }
        } / Double(packets.count * 500)
      }
    }
  }
}
