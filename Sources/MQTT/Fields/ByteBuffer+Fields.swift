import NIOCore

extension ByteBuffer {
  /// Writes text after its length.
  mutating func writeText(_ text: String, field: String) throws(EncodingError) {
    let size = text.utf8.count
    guard size <= UInt16.max else { throw .tooLong(field: field, size: size) }
    if let (problem, _) = Text.problem(in: text.utf8.span.bytes, policy: .accepting), problem == .nullCharacter {
      throw .nullCharacter(field: field)  // [MQTT-1.5.4-2]
    }
    writeInteger(UInt16(size))
    writeString(text)
  }

  /// Writes bytes after their length.
  mutating func writeBinary(_ bytes: RawSpan, field: String) throws(EncodingError) {
    guard bytes.byteCount <= UInt16.max else { throw .tooLong(field: field, size: bytes.byteCount) }
    writeInteger(UInt16(bytes.byteCount))
    writeBytes(bytes)
  }

  /// Writes the number of a delivery or request, which is never zero.
  mutating func writePacketID(_ id: UInt16, of packet: PacketType) throws(EncodingError) {
    guard id != 0 else { throw .packetID(packet, id) }  // [MQTT-2.2.1-3]
    writeInteger(id)
  }
}

extension String {
  /// Refuses what cannot be the topic of a message.
  func checkTopic() throws(EncodingError) {
    do { try TopicName.validate(self) } catch { throw .topic(self, error) }
  }

  /// Refuses what cannot be a topic filter.
  func checkFilter(version: ProtocolVersion) throws(EncodingError) {
    if let error = TopicFilter.problem(in: utf8.span.bytes, version: version) { throw .topic(self, error) }
  }
}
