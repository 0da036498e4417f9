import NIOCore

extension Connect {
  init(from reader: inout PacketReader, in bytes: RawSpan) throws(MalformedPacket) {
    try reader.adoptVersion(in: bytes)
    let flags = try reader.connectFlags(in: bytes)
    let keepAlive = try reader.twoBytes("keep alive", in: bytes)
    let start = reader.position
    let properties = try Properties(of: .connect, from: &reader, in: bytes)
    guard properties.authenticationData == nil || properties.authenticationMethod != nil else {
      throw reader.malformed("authentication data", at: start, "has no authentication method", .protocolError)
    }
    let clientID = try reader.string("client identifier", in: bytes)
    let will = flags.contains(.will) ? try Will(flags, from: &reader, in: bytes) : nil
    self.init(
      clientID: clientID, cleanStart: flags.contains(.cleanStart), keepAlive: keepAlive,
      username: flags.contains(.username) ? try reader.string("user name", in: bytes) : nil,
      password: flags.contains(.password) ? bytes.array(in: try reader.binary("password", in: bytes)) : nil,
      will: will, properties: properties)
  }
}

extension Will {
  fileprivate init(
    _ flags: ConnectFlags, from reader: inout PacketReader, in bytes: RawSpan
  ) throws(MalformedPacket) {
    let properties = try Properties(of: .will, from: &reader, in: bytes)
    let topic = try reader.text("will topic", in: bytes)
    if let error = TopicName.problem(in: bytes.extracting(topic)) {
      throw reader.malformed("will topic", at: topic.lowerBound, "is no topic: \(error)")
    }
    let payload = try reader.binary("will payload", in: bytes)
    let content = bytes.extracting(payload)
    if reader.policy == .strict, properties.payloadFormatIndicator == .utf8, !Text.isWellFormed(content) {
      let explanation = "is not the text it is said to be"
      throw reader.malformed("will payload", at: payload.lowerBound, explanation, .payloadFormatInvalid)
    }
    self.init(
      topic: bytes.string(in: topic), payload: ByteBuffer(bytes: bytes.array(in: payload)),
      qos: QoS(rawValue: flags.intersection(.willQoS).rawValue >> 3) ?? .atMostOnce,
      isRetained: flags.contains(.willRetain), properties: properties)
  }
}

extension PacketReader {
  /// Reads the name and version of the protocol, and goes on in that version.
  fileprivate mutating func adoptVersion(in bytes: RawSpan) throws(MalformedPacket) {
    let place = try binary("protocol name", in: bytes)
    let name = bytes.array(in: place)
    if name == Array("MQIsdp".utf8) {
      // The name in 3.1, whose clients know the answer to a version that is not spoken [MQTT-3.1.2-2]
      let explanation = "is 3.1; we know 4 and 5"
      throw malformed("protocol version", at: place.lowerBound, explanation, .unsupportedProtocolVersion)
    }
    guard name == Array("MQTT".utf8) else {  // [MQTT-3.1.2-1]
      throw malformed("protocol name", at: place.lowerBound, "is not MQTT", .unsupportedProtocolVersion)
    }
    let number = try byte("protocol version", in: bytes)
    guard let version = ProtocolVersion(rawValue: number) else {  // [MQTT-3.1.2-2]
      let explanation = "is \(number); we know 4 and 5"
      throw malformed("protocol version", at: position - 1, explanation, .unsupportedProtocolVersion)
    }
    self.version = version
  }

  fileprivate mutating func connectFlags(in bytes: RawSpan) throws(MalformedPacket) -> ConnectFlags {
    let place = position
    let flags = ConnectFlags(rawValue: try byte("connect flags", in: bytes))
    if flags.contains(.reserved) {
      throw malformed("connect flags", at: place, "have the reserved bit set")  // [MQTT-3.1.2-3]
    }
    if flags.contains(.willQoS) {
      throw malformed("connect flags", at: place, "ask for a will of QoS 3")  // [MQTT-3.1.2-12]
    }
    if !flags.contains(.will), !flags.isDisjoint(with: [.willQoS, .willRetain]) {
      // [MQTT-3.1.2-11] [MQTT-3.1.2-13]
      throw malformed("connect flags", at: place, "describe a will that is not there")
    }
    if version == .v3_1_1, flags.contains(.password), !flags.contains(.username) {
      throw malformed("connect flags", at: place, "say password without user name")  // [MQTT-3.1.2-22] of 3.1.1
    }
    return flags
  }
}
