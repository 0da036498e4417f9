import MQTT
import NIOCore
import Testing

@testable import MQTTBroker

/// Messages that are read once and written again for each receiver.
struct CopyTests {
  @Test(arguments: ProtocolVersion.allCases, QoS.allCases) func `a copy has the bytes that the codec writes`(
    version: ProtocolVersion, qos: QoS
  ) throws {
    for (count, properties) in [
      (0, []), (100, [.contentType("x")]), (130, [.subscriptionIdentifier(200), .topicAlias(3), .contentType("x")]),
      (20_000, [.subscriptionIdentifier(1), .userProperty(UserProperty("a", "b")), .messageExpiryInterval(7)]),
    ] as [(Int, Properties)] {
      let publish = Publish(
        topic: "a/b", payload: ByteBuffer(repeating: 7, count: count), qos: qos, isRetained: true,
        isDuplicate: qos != .atMostOnce, packetID: qos == .atMostOnce ? 0 : 513, properties: properties)
      var source = publish
      source.properties.list.removeAll { property in
        switch property {
        case .subscriptionIdentifier, .topicAlias: true
        default: false
        }
      }
      source.isDuplicate = false
      var copy = MessageCopy(try StoredMessage(source, at: 0), qos: qos)
      copy.packetID = publish.packetID
      copy.isRetained = true
      copy.isDuplicate = publish.isDuplicate
      copy.identifiers = properties.subscriptionIdentifiers
      copy.alias = properties.topicAlias ?? 0
      copy.expiry = properties.messageExpiryInterval
      var expected = ByteBuffer()
      try Packet.publish(publish).encode(into: &expected, version: version, from: .server)
      var written = ByteBuffer()
      copy.write(into: &written, version: version)
      #expect(written == expected && copy.size(in: version) == expected.readableBytes)
      #expect(copy.payloadSize == count)
    }
  }

  @Test func `client identifiers, topics and filters keep every character`() {
    var script = Script()
    _ = script.connect(0)
    _ = script.connect(1, "\u{FEFF}c1")
    #expect(script.state.sessionByClient[Array("\u{FEFF}c1".utf8)] != nil)
    for topic in ["\u{FEFF}a", "a b", "\u{1F321}/\u{0}".replacing("\u{0}", with: "\u{200B}"), "A/a", "/", "//"] {
      _ = script.subscribe(topic, from: 1)
      #expect(script.publish(topic, from: 0).topics(to: 1) == [topic])
    }
  }

  @Test func `a message without a valid topic is none`() {
    #expect(throws: EncodingError.self) { try StoredMessage(Publish(topic: "a/#"), at: 0) }
  }
}
