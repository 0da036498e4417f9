extension PacketAnatomy {
  mutating func readConnect(_ bytes: RawSpan) throws(MalformedPacket) {
    try readText("protocol name", bytes)
    var start = reader.position
    let level = try reader.byte("protocol version", in: bytes)
    reader.version = ProtocolVersion(rawValue: level) ?? reader.version
    let name = ProtocolVersion(rawValue: level).map { ", MQTT \($0)" } ?? ""
    add("protocol version", "\(level)\(name)", from: start)
    start = reader.position
    let flags = ConnectFlags(rawValue: try reader.byte("connect flags", in: bytes))
    add("connect flags", Self.bits(flags.rawValue), from: start)
    addConnectFlags(flags)
    start = reader.position
    let seconds = try reader.twoBytes("keep alive", in: bytes)
    add("keep alive", seconds == 0 ? "0, never" : "\(seconds) s", from: start)
    try readProperties(of: .connect, bytes)
    try readText("client identifier", bytes)
    if flags.contains(.will) {
      try readProperties(of: .will, bytes)
      try readText("will topic", bytes)
      try readBinary("will payload", bytes)
    }
    if flags.contains(.username) { try readText("user name", bytes) }
    if flags.contains(.password) { try readBinary("password", bytes, .secret) }
  }

  private mutating func addConnectFlags(_ flags: ConnectFlags) {
    func said(_ flag: ConnectFlags) -> String { flags.contains(flag) ? "1" : "0" }
    addBits("user name flag", said(.username))
    addBits("password flag", said(.password))
    addBits("will retain", said(.willRetain))
    addBits("will QoS", "\(flags.intersection(.willQoS).rawValue >> 3)")
    addBits("will flag", said(.will))
    addBits(reader.version == .v5 ? "clean start" : "clean session", said(.cleanStart))
  }

  mutating func readConnack(_ bytes: RawSpan) throws(MalformedPacket) {
    let start = reader.position
    let flags = try reader.byte("acknowledge flags", in: bytes)
    add("connect acknowledge flags", Self.bits(flags), from: start)
    addBits("session present", "\(flags & 1)")
    guard reader.version == .v5, missing > 0 || !reader.isRefusalOfVersion(in: bytes) else {
      let place = reader.position
      let code = Int(try reader.byte("return code", in: bytes))
      let words = code < ReasonCode.byReturnCode.count ? ReasonCode.byReturnCode[code].words(in: .connack) : "reserved"
      return add("connect return code", "\(code) \(words)", from: place)
    }
    try readReasonCode(bytes)
    try readProperties(of: .connack, bytes)
  }

  /// The bits of a byte, the highest first.
  static func bits(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 2)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
