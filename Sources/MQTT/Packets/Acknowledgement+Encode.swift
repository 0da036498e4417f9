import NIOCore

extension Connack {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    if sessionPresent, reasonCode.isError {
      throw .contradiction("A refused connection has no session.")  // [MQTT-3.2.2-6]
    }
    buffer.writeInteger(UInt8(sessionPresent ? 1 : 0))
    switch version {
    case .v5:
      try reasonCode.encode(in: .connack, into: &buffer, from: .server)
      try properties.encode(of: .connack, in: .connack, into: &buffer, version: version, from: .server)
    case .v3_1_1:
      guard let code = ReasonCode.byReturnCode.firstIndex(of: reasonCode) else {
        throw .reasonCode(reasonCode, .connack)
      }
      buffer.writeInteger(UInt8(code))
    }
  }
}

extension Acknowledgement {
  func encode(
    as type: PacketType, into buffer: inout ByteBuffer, version: ProtocolVersion, from sender: Side
  ) throws(EncodingError) {
    try buffer.writePacketID(packetID, of: type)
    guard version == .v5, reasonCode != .success || !properties.isEmpty else { return }
    try reasonCode.encode(in: type, into: &buffer, from: sender)
    guard !properties.isEmpty else { return }
    try properties.encode(of: PacketSet(type), in: type, into: &buffer, version: version, from: sender)
  }
}

extension Suback {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    guard !reasonCodes.isEmpty else { throw .nothingRequested(.suback) }
    try buffer.writePacketID(packetID, of: .suback)
    try properties.encode(of: .suback, in: .suback, into: &buffer, version: version, from: .server)
    for code in reasonCodes {
      // 3.1.1 knows one failure only. [MQTT-3.9.3-2] of 3.1.1
      let known = version == .v3_1_1 && code.isError ? .unspecifiedError : code
      try known.encode(in: .suback, into: &buffer, from: .server)
    }
  }
}

extension Unsuback {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    try buffer.writePacketID(packetID, of: .unsuback)
    guard version == .v5 else { return }
    guard !reasonCodes.isEmpty else { throw .nothingRequested(.unsuback) }
    try properties.encode(of: .unsuback, in: .unsuback, into: &buffer, version: version, from: .server)
    for code in reasonCodes { try code.encode(in: .unsuback, into: &buffer, from: .server) }
  }
}
