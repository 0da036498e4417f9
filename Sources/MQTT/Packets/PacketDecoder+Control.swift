extension PacketDecoder {
  /// Reads a packet other than PUBLISH, whole.
  mutating func controlPacket(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) -> Packet {
    let packet: Packet
    switch reader.packet {
    case .connect:
      let connect = try Connect(from: &reader, in: bytes)
      version = reader.version
      packet = .connect(connect)
    case .connack: packet = .connack(try Connack(from: &reader, in: bytes))
    case .puback: packet = .puback(try Acknowledgement(from: &reader, in: bytes))
    case .pubrec: packet = .pubrec(try Acknowledgement(from: &reader, in: bytes))
    case .pubrel: packet = .pubrel(try Acknowledgement(from: &reader, in: bytes))
    case .pubcomp: packet = .pubcomp(try Acknowledgement(from: &reader, in: bytes))
    case .subscribe: packet = .subscribe(try Subscribe(from: &reader, in: bytes))
    case .suback: packet = .suback(try Suback(from: &reader, in: bytes))
    case .unsubscribe: packet = .unsubscribe(try Unsubscribe(from: &reader, in: bytes))
    case .unsuback: packet = .unsuback(try Unsuback(from: &reader, in: bytes))
    case .pingreq: packet = .pingreq
    case .pingresp: packet = .pingresp
    case .disconnect: packet = .disconnect(try Disconnect(from: &reader, in: bytes))
    case .auth: packet = .auth(try Auth(from: &reader, in: bytes))
    case .publish: preconditionFailure("PUBLISH is read as a view")
    }
    try reader.finish()
    return packet
  }
}

extension PacketReader {
  /// A reason code that may stand in this packet and come from this side.
  mutating func reasonCode(in bytes: RawSpan) throws(MalformedPacket) -> ReasonCode {
    let place = position
    let code = ReasonCode(rawValue: try byte("reason code", in: bytes))
    guard code.isAllowed(in: packet, from: sender) else {
      throw malformed("reason code", at: place, "is \(code.rawValue), which \(packet) does not have", .protocolError)
    }
    return code
  }

  /// One reason code or more, up to the end of the packet.
  mutating func reasonCodes(in bytes: RawSpan) throws(MalformedPacket) -> [ReasonCode] {
    guard !isAtEnd else { throw malformed("reason codes", at: position, "are missing", .protocolError) }
    var codes: [ReasonCode] = []
    codes.reserveCapacity(end - position)
    while !isAtEnd { codes.append(try reasonCode(in: bytes)) }
    return codes
  }
}
