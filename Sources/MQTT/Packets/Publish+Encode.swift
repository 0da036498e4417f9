import NIOCore

extension Publish {
  /// The first byte of the packet: type, DUP, QoS, RETAIN.
  var firstByte: UInt8 {
    PacketType.publish.rawValue << 4 | (isDuplicate ? 0b1000 : 0) | qos.rawValue << 1 | (isRetained ? 1 : 0)
  }

  func encode(
    into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side
  ) throws(EncodingError) {
    let hasAlias = version == .v5 && properties.topicAlias != nil
    if !(topic.isEmpty && hasAlias) { try topic.checkTopic() }
    if qos == .atMostOnce, isDuplicate { throw .duplicateAtMostOnce }  // [MQTT-3.3.1-2]
    try buffer.writeText(topic, field: "topic name")
    if qos == .atMostOnce {
      guard packetID == 0 else { throw .packetID(.publish, packetID) }  // [MQTT-2.2.1-2]
    } else {
      try buffer.writePacketID(packetID, of: .publish)
    }
    try properties.encode(of: .publish, in: .publish, into: &buffer, version: version, from: sender)
    buffer.writeImmutableBuffer(payload)
  }
}
