import NIOCore

/// A message on its way to one receiver: all that differs from one receiver to the next.
public struct MessageCopy: Equatable, Sendable {
  /// The message.
  public let message: StoredMessage
  /// The QoS of this delivery.
  public var qos: QoS
  /// The number of this delivery; 0 at QoS 0.
  public var packetID: UInt16 = 0
  /// Whether it says that it was kept.
  public var isRetained = false
  /// Whether it was tried before.
  public var isDuplicate = false
  /// The identifiers of the subscriptions that it came by, 5.0 only.
  public var identifiers: [UInt32] = []
  /// What is left of the expiry, in seconds, 5.0 only.
  public var expiry: UInt32?
  /// The topic alias, 5.0 only; 0 for none.
  public var alias: UInt16 = 0
  /// Whether the alias stands for the topic.
  public var omitsTopic = false

  /// A delivery.
  public init(_ message: StoredMessage, qos: QoS) {
    self.message = message
    self.qos = qos
  }

  /// How many bytes of payload it has.
  public var payloadSize: Int { message.bytes.count - message.topicSize - message.propertiesSize }

  /// The size of the packet.
  public func size(in version: ProtocolVersion) -> Int {
    let remaining = remainingLength(in: version)
    return 1 + VariableByteInteger.size(of: remaining) + remaining
  }

  /// Appends the packet. What was read as a valid message is written as one, so nothing is checked again.
  public func write(into buffer: inout ByteBuffer, version: ProtocolVersion) {
    buffer.reserveCapacity(minimumWritableBytes: size(in: version))
    let flags = (isDuplicate ? 0b1000 : 0) | qos.rawValue << 1 | (isRetained ? 1 : 0)
    buffer.writeInteger(PacketType.publish.rawValue << 4 | flags)
    buffer.writeLength(remainingLength(in: version))
    let content = message.bytes  // the span has to be one of a variable
    let bytes = content.span.bytes
    buffer.writeInteger(UInt16(truncatingIfNeeded: topicSize))
    if topicSize > 0 { buffer.writeBytes(bytes.extracting(first: topicSize)) }
    if qos != .atMostOnce { buffer.writeInteger(packetID) }
    if version == .v5 { writeProperties(into: &buffer) }
    buffer.writeBytes(bytes.extracting(droppingFirst: message.topicSize + message.propertiesSize))
  }

  private var topicSize: Int { omitsTopic ? 0 : message.topicSize }

  private var propertiesSize: Int {
    var size = message.propertiesSize
    if expiry != nil { size += 5 }
    if alias != 0 { size += 3 }
    for identifier in identifiers { size += 1 + VariableByteInteger.size(of: Int(identifier)) }
    return size
  }

  private func remainingLength(in version: ProtocolVersion) -> Int {
    var size = 2 + topicSize + (qos == .atMostOnce ? 0 : 2)
    size += message.bytes.count - message.topicSize - message.propertiesSize
    if version == .v5 { size += VariableByteInteger.size(of: propertiesSize) + propertiesSize }
    return size
  }

  private func writeProperties(into buffer: inout ByteBuffer) {
    buffer.writeLength(propertiesSize)
    for identifier in identifiers {  // [MQTT-3.3.4-3]
      buffer.writeInteger(UInt8(0x0B))
      buffer.writeLength(Int(identifier))
    }
    if alias != 0 {
      buffer.writeInteger(UInt8(0x23))
      buffer.writeInteger(alias)
    }
    if message.propertiesSize > 0 {
      let bytes = message.bytes
      buffer.writeBytes(
        bytes.span.bytes.extracting(message.topicSize..<message.topicSize + message.propertiesSize))
    }
    if let expiry {  // [MQTT-3.3.2-6]
      buffer.writeInteger(UInt8(0x02))
      buffer.writeInteger(expiry)
    }
  }
}

extension ByteBuffer {
  @inline(__always)
  fileprivate mutating func writeLength(_ length: Int) {
    writeEncodedInteger(length, strategy: VariableByteInteger())
  }
}
