import NIOCore

/// The parts of a message as they are kept on disk: topic, properties as on the wire, payload.
extension StoredMessage {
  /// The properties that go on to receivers, as on the wire and without their length.
  package var propertiesBytes: [UInt8] { Array(bytes[topicSize..<topicSize + propertiesSize]) }

  /// Puts a message together again. Throws if the parts are those of no message that could have come by a packet.
  package convenience init(
    topic: [UInt8], properties: [UInt8], payload: [UInt8], qos: QoS, isRetained: Bool, expiresAt: Int64?
  ) throws(MalformedPacket) {
    func malformed(_ field: String, _ explanation: String) -> MalformedPacket {
      MalformedPacket(
        packet: .publish, field: field, offset: 0, reason: .malformedPacket, explanation: explanation)
    }
    guard Text.problem(in: topic.span.bytes, policy: .accepting) == nil, TopicName.problem(in: topic.span.bytes) == nil
    else { throw malformed("topic name", "is no topic") }
    let list = try Properties(ofPublish: properties.span.bytes)
    guard list.topicAlias == nil, list.messageExpiryInterval == nil, list.subscriptionIdentifiers.isEmpty else {
      throw malformed("properties", "belong to one hop alone")
    }
    guard topic.count + properties.count + payload.count <= VariableByteInteger.maximum else {
      throw malformed("payload", "is larger than any packet")
    }
    self.init(
      bytes: topic + properties + payload, topicSize: topic.count, propertiesSize: properties.count, qos: qos,
      isRetained: isRetained, expiresAt: expiresAt)
  }
}
