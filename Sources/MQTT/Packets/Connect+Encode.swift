import NIOCore

extension Connect {
  func encode(into buffer: inout ByteBuffer, version: ProtocolVersion) throws(EncodingError) {
    if version == .v3_1_1, password != nil, username == nil {
      throw .contradiction("MQTT 3.1.1 allows a password only beside a user name.")  // [MQTT-3.1.2-22] of 3.1.1
    }
    if version == .v3_1_1, clientID.isEmpty, !cleanStart {
      throw .contradiction("MQTT 3.1.1 keeps a session only for a client identifier.")  // [MQTT-3.1.3-7] of 3.1.1
    }
    try buffer.writeText("MQTT", field: "protocol name")  // [MQTT-3.1.2-1]
    buffer.writeInteger(version.rawValue)
    buffer.writeInteger(flags.rawValue)
    buffer.writeInteger(keepAlive)
    try properties.encode(of: .connect, in: .connect, into: &buffer, version: version, from: .client)
    try buffer.writeText(clientID, field: "client identifier")
    if let will {
      try will.properties.encode(of: .will, in: .connect, into: &buffer, version: version, from: .client)
      try will.topic.checkTopic()
      try buffer.writeText(will.topic, field: "will topic")
      try buffer.writeBinary(will.payload.readableBytesSpan, field: "will payload")
    }
    if let username { try buffer.writeText(username, field: "user name") }
    if let password { try buffer.writeBinary(password.span.bytes, field: "password") }
  }

  private var flags: ConnectFlags {
    var flags: ConnectFlags = cleanStart ? .cleanStart : []
    if let will { flags.formUnion(ConnectFlags(will)) }
    if username != nil { flags.insert(.username) }
    if password != nil { flags.insert(.password) }
    return flags
  }
}

/// The byte of CONNECT that says which fields follow. Source: MQTT 5.0, 3.1.2.3.
struct ConnectFlags: OptionSet {
  let rawValue: UInt8

  static let reserved = ConnectFlags(rawValue: 0x01)
  static let cleanStart = ConnectFlags(rawValue: 0x02)
  static let will = ConnectFlags(rawValue: 0x04)
  static let willQoS = ConnectFlags(rawValue: 0x18)
  static let willRetain = ConnectFlags(rawValue: 0x20)
  static let password = ConnectFlags(rawValue: 0x40)
  static let username = ConnectFlags(rawValue: 0x80)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ will: Will) {
    rawValue = 0x04 | will.qos.rawValue << 3 | (will.isRetained ? 0x20 : 0)
  }
}
