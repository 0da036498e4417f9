import NIOCore

extension Properties {
  /// Writes the properties of a packet, or of its will, with their length; in 3.1.1 there are none.
  func encode(
    of owner: PacketSet, in packet: PacketType, into buffer: inout ByteBuffer, version: ProtocolVersion,
    from sender: Side
  ) throws(EncodingError) {
    guard version == .v5 else { return }
    guard !isEmpty else {
      buffer.writeInteger(UInt8(0))  // [MQTT-2.2.2-1]
      return
    }
    try buffer.writeLengthPrefixed(strategy: VariableByteInteger()) { buffer throws(EncodingError) -> Int in
      let start = buffer.writerIndex
      var seen: UInt64 = 0
      for property in list {
        try property.encode(of: owner, in: packet, from: sender, seen: &seen, into: &buffer)
      }
      let size = buffer.writerIndex - start
      guard size <= VariableByteInteger.maximum else {
        throw .packetTooLarge(size: size, maximum: VariableByteInteger.maximum)
      }
      return size
    }
  }
}

extension Property {
  fileprivate func encode(
    of owner: PacketSet, in packet: PacketType, from sender: Side, seen: inout UInt64, into buffer: inout ByteBuffer
  ) throws(EncodingError) {
    let (identifier, value) = content
    guard let rule = PropertyRule.rule(for: identifier) else {
      preconditionFailure("a property of ours has no row in the table")
    }
    let name = rule.name.description
    guard rule.isAllowed(in: owner, from: sender) else {  // [MQTT-3.3.4-6] [MQTT-3.14.2-2]
      throw .propertyNotAllowed(name, in: packet)
    }
    let bit: UInt64 = 1 << UInt64(identifier)
    guard seen & bit == 0 || rule.repeats.contains(owner) else { throw .propertyRepeated(name) }
    seen |= bit
    buffer.writeInteger(identifier)
    switch value {
    case .number(let number): try rule.encode(number, into: &buffer)
    case .flag(let flag): try rule.encode(flag ? 1 : 0, into: &buffer)
    case .text(let text):
      if rule.shape == .topic { try text.checkTopic() }
      try buffer.writeText(text, field: name)
    case .binary(let bytes): try buffer.writeBinary(bytes.span.bytes, field: name)
    case .pair(let pair):
      try buffer.writeText(pair.name, field: name)
      try buffer.writeText(pair.value, field: name)
    }
  }
}

extension PropertyRule {
  fileprivate func encode(_ number: UInt32, into buffer: inout ByteBuffer) throws(EncodingError) {
    let maximum =
      switch shape {
      case .boolean: UInt32(1)
      case .twoBytes: UInt32(UInt16.max)
      case .variableByteInteger: UInt32(VariableByteInteger.maximum)
      default: UInt32.max
      }
    guard number >= minimum, number <= maximum else { throw .propertyOutOfRange(name.description) }
    switch shape {
    case .boolean: buffer.writeInteger(UInt8(truncatingIfNeeded: number))
    case .twoBytes: buffer.writeInteger(UInt16(truncatingIfNeeded: number))
    case .variableByteInteger: buffer.writeEncodedInteger(number, strategy: VariableByteInteger())
    default: buffer.writeInteger(number)
    }
  }
}
