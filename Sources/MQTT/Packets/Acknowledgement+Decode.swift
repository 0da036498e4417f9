extension Connack {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    let start = reader.position
    let flags = try reader.byte("acknowledge flags", in: bytes)
    guard flags <= 1 else {  // [MQTT-3.2.2-1]
      throw reader.malformed("acknowledge flags", at: start, "are \(flags), neither 0 nor 1", .protocolError)
    }
    let isOldRefusal = reader.version == .v5 && reader.isRefusalOfVersion(in: bytes)
    if isOldRefusal || reader.version == .v3_1_1 {
      self.init(sessionPresent: flags == 1, reasonCode: try reader.returnCode(in: bytes))
    } else {
      let code = try reader.reasonCode(in: bytes)
      let properties = try Properties(of: .connack, from: &reader, in: bytes)
      self.init(sessionPresent: flags == 1, reasonCode: code, properties: properties)
    }
    guard !sessionPresent || !reasonCode.isError else {  // [MQTT-3.2.2-6]
      throw reader.malformed("acknowledge flags", at: start, "say that a refused session is present", .protocolError)
    }
  }
}

extension PacketReader {
  /// Whether what is left is the one byte by which a server of 3.1.1 refuses a CONNECT of 5.0.
  func isRefusalOfVersion(in bytes: RawSpan) -> Bool {
    end - position == 1 && bytes.byte(at: position) == 1
  }

  /// A return code of 3.1.1 as the reason code that means the same.
  fileprivate mutating func returnCode(in bytes: RawSpan) throws(MalformedPacket) -> ReasonCode {
    let place = position
    let code = Int(try byte("return code", in: bytes))
    guard code < ReasonCode.byReturnCode.count else {
      throw malformed("return code", at: place, "is \(code), which is reserved")
    }
    return ReasonCode.byReturnCode[code]
  }
}

extension Acknowledgement {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    self.init(try reader.packetID(in: bytes))
    // A success may leave out its code, and what has no properties their length. Source: MQTT 5.0, 3.4.2.1.
    guard reader.version == .v5, !reader.isAtEnd else { return }
    reasonCode = try reader.reasonCode(in: bytes)
    guard !reader.isAtEnd else { return }
    properties = try Properties(of: PacketSet(reader.packet), from: &reader, in: bytes)
  }
}

extension Suback {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    let packetID = try reader.packetID(in: bytes)
    let properties = try Properties(of: .suback, from: &reader, in: bytes)
    let start = reader.position
    let codes = try reader.reasonCodes(in: bytes)
    if reader.version == .v3_1_1, let bad = codes.firstIndex(where: { $0.isError && $0 != .unspecifiedError }) {
      let code = codes[bad].rawValue
      throw reader.malformed("return code", at: start + bad, "is \(code), which is reserved")  // [MQTT-3.9.3-2]
    }
    self.init(packetID: packetID, reasonCodes: codes, properties: properties)
  }
}

extension Unsuback {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    self.init(packetID: try reader.packetID(in: bytes))
    guard reader.version == .v5 else { return }
    properties = try Properties(of: .unsuback, from: &reader, in: bytes)
    reasonCodes = try reader.reasonCodes(in: bytes)
  }
}
