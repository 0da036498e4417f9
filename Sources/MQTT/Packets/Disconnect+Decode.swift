extension Disconnect {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    self.init()
    // A normal end may leave out its code, and what has no properties their length. Source: MQTT 5.0, 3.14.2.
    guard reader.version == .v5, !reader.isAtEnd else { return }
    reasonCode = try reader.reasonCode(in: bytes)
    guard !reader.isAtEnd else { return }
    properties = try Properties(of: .disconnect, from: &reader, in: bytes)
  }
}

extension Auth {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    self.init(.success)
    guard !reader.isAtEnd || reader.sender == .client else { return }  // Source: MQTT 5.0, 3.15.2.1.
    reasonCode = try reader.reasonCode(in: bytes)
    let start = reader.position
    properties = try Properties(of: .auth, from: &reader, in: bytes)
    guard properties.authenticationMethod != nil else {
      throw reader.malformed("authentication method", at: start, "is missing", .protocolError)
    }
  }
}
