import NIOCore

extension Packet {
  /// Appends the bytes of the packet, or leaves the buffer as it was and says why the packet cannot be sent.
  ///
  /// What 3.1.1 has no place for (properties, reason codes of acknowledgements, subscription options) is left out there.
  /// A packet that travels both ways may carry less from one side than from the other: `sender` says which this is.
  public func encode(
    into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side, maximumSize: Int = 268_435_460
  ) throws(EncodingError) {
    if let four = plainAcknowledgement, maximumSize >= 4 {
      buffer.writeInteger(four)
      return
    }
    let start = buffer.writerIndex
    do throws(EncodingError) {
      buffer.writeInteger(firstByte)
      let strategy = VariableByteInteger(expecting: expectedSize)
      try buffer.writeLengthPrefixed(strategy: strategy) { buffer throws(EncodingError) -> Int in
        let start = buffer.writerIndex
        try encodeFields(into: &buffer, version: version, from: sender)
        let size = buffer.writerIndex - start
        guard size <= VariableByteInteger.maximum else {
          throw .packetTooLarge(size: size, maximum: VariableByteInteger.maximum)
        }
        return size
      }
      let size = buffer.writerIndex - start
      guard size <= maximumSize else { throw .packetTooLarge(size: size, maximum: maximumSize) }  // [MQTT-3.2.2-15]
    } catch {
      buffer.moveWriterIndex(to: start)
      throw error
    }
  }

  private var firstByte: UInt8 {
    if case .publish(let publish) = self { return publish.firstByte }
    return type.rawValue << 4 | type.requiredFlags
  }

  /// The four bytes of an acknowledgement that says success and nothing else: at QoS 1 there is one for each message.
  private var plainAcknowledgement: UInt32? {
    switch self {
    case .puback(let step), .pubrec(let step), .pubrel(let step), .pubcomp(let step):
      guard step.packetID != 0, step.reasonCode == .success, step.properties.isEmpty else { return nil }
      return UInt32(firstByte) << 24 | 2 << 16 | UInt32(step.packetID)
    default: return nil
    }
  }

  /// About how many bytes follow the fixed header, so that a large payload is not moved to make room for its length.
  private var expectedSize: Int {
    guard case .publish(let publish) = self else { return 0 }
    return publish.payload.readableBytes + publish.topic.utf8.count + 2
  }

  private func encodeFields(
    into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side
  ) throws(EncodingError) {
    switch self {
    case .connect(let connect): try connect.encode(into: &buffer, version: version)
    case .connack(let connack): try connack.encode(into: &buffer, version: version)
    case .publish(let publish): try publish.encode(into: &buffer, version: version, from: sender)
    case .puback(let step), .pubrec(let step), .pubrel(let step), .pubcomp(let step):
      try step.encode(as: type, into: &buffer, version: version, from: sender)
    case .subscribe(let subscribe): try subscribe.encode(into: &buffer, version: version)
    case .suback(let suback): try suback.encode(into: &buffer, version: version)
    case .unsubscribe(let unsubscribe): try unsubscribe.encode(into: &buffer, version: version)
    case .unsuback(let unsuback): try unsuback.encode(into: &buffer, version: version)
    case .pingreq, .pingresp: break
    case .disconnect(let disconnect): try disconnect.encode(into: &buffer, version: version, from: sender)
    case .auth(let auth): try auth.encode(into: &buffer, version: version, from: sender)
    }
  }
}

extension ReasonCode {
  /// Writes the code if it may stand in the packet and come from this side.
  func encode(in packet: PacketType, into buffer: inout ByteBuffer, from sender: Side) throws(EncodingError) {
    guard isAllowed(in: packet, from: sender) else { throw .reasonCode(self, packet) }
    buffer.writeInteger(rawValue)
  }
}
