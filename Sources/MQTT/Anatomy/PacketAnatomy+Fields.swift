extension PacketAnatomy {
  mutating func readPublish(_ bytes: RawSpan) throws(MalformedPacket) {
    try readText("topic name", bytes)
    if bytes.byte(at: 0) & 0b0110 != 0 { try readPacketID(bytes) }
    try readProperties(of: .publish, bytes)
    addPayload()
  }

  mutating func readAcknowledgement(_ bytes: RawSpan) throws(MalformedPacket) {
    try readPacketID(bytes)
    try readEnd(bytes)
  }

  /// The reason code and properties that a packet of 5.0 ends with, each of which may be left out.
  mutating func readEnd(_ bytes: RawSpan) throws(MalformedPacket) {
    guard reader.version == .v5, !reader.isAtEnd else { return }
    try readReasonCode(bytes)
    guard !reader.isAtEnd else { return }
    try readProperties(of: PacketSet(reader.packet), bytes)
  }

  mutating func readSubscribe(_ bytes: RawSpan) throws(MalformedPacket) {
    try readPacketID(bytes)
    try readProperties(of: .subscribe, bytes)
    while !reader.isAtEnd {
      try readText("topic filter", bytes)
      let start = reader.position
      let options = try reader.byte("subscription options", in: bytes)
      add(reader.version == .v5 ? "subscription options" : "requested QoS", Self.bits(options), from: start)
      addBits("maximum QoS", "\(options & 0b11)")
      guard reader.version == .v5 else { continue }
      addBits("No Local", "\(options >> 2 & 1)")
      addBits("Retain As Published", "\(options >> 3 & 1)")
      let handling = ["send retained", "send retained if new", "send none retained", "reserved"]
      addBits("Retain Handling", "\(options >> 4 & 0b11), \(handling[Int(options >> 4 & 0b11)])")
    }
  }

  mutating func readUnsubscribe(_ bytes: RawSpan) throws(MalformedPacket) {
    try readPacketID(bytes)
    try readProperties(of: .unsubscribe, bytes)
    while !reader.isAtEnd { try readText("topic filter", bytes) }
  }

  /// SUBACK and UNSUBACK: a code for each filter, where there are codes.
  mutating func readAnswers(_ bytes: RawSpan) throws(MalformedPacket) {
    try readPacketID(bytes)
    guard reader.packet == .suback || reader.version == .v5 else { return }
    try readProperties(of: PacketSet(reader.packet), bytes)
    while !reader.isAtEnd { try readReasonCode(bytes) }
  }

  mutating func readPacketID(_ bytes: RawSpan) throws(MalformedPacket) {
    let start = reader.position
    add("packet identifier", "\(try reader.packetID(in: bytes))", from: start)
  }

  mutating func readReasonCode(_ bytes: RawSpan) throws(MalformedPacket) {
    let start = reader.position
    let code = try reader.reasonCode(in: bytes)
    add("reason code", "\(code.rawValue) \(code.words(in: reader.packet))", from: start)
  }

  mutating func readText(_ name: StaticString, _ bytes: RawSpan) throws(MalformedPacket) {
    let start = reader.position
    let text = try reader.string(name, in: bytes)
    add(name.description, text.isEmpty ? "(empty)" : text, from: start)
  }

  mutating func readBinary(
    _ name: StaticString, _ bytes: RawSpan, _ kind: PacketField.Kind = .field
  ) throws(MalformedPacket) {
    let start = reader.position
    let place = try reader.binary(name, in: bytes)
    let size = Self.count(place.count)
    guard kind == .secret else { return add(name.description, size, from: start, kind) }
    addSecret(name.description, at: place)
  }
}
