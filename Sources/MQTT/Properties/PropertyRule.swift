/// A row of the table of properties: what a property is called, what it holds, and where it may stand.
///
/// Source: MQTT 5.0, table 2-4, and the sections of the packets for multiplicity and range.
struct PropertyRule {
  /// How the value is written.
  enum Shape {
    case boolean  // a byte of 0 or 1
    case twoBytes
    case fourBytes
    case variableByteInteger
    case text
    case topic  // text that a message could be published to
    case binary
    case textPair
  }

  let name: StaticString
  let shape: Shape
  let packets: PacketSet
  /// Where it may come more than once.
  let repeats: PacketSet
  /// Packets that travel both ways, in which one side never sends it.
  let neverFromClient: PacketSet
  let neverFromServer: PacketSet
  let minimum: UInt32
  /// What a value below the minimum, or above one for a boolean, is called.
  let outOfRange: ReasonCode

  private init(
    _ name: StaticString, _ shape: Shape, _ packets: PacketSet, repeats: PacketSet = [],
    neverFromClient: PacketSet = [], neverFromServer: PacketSet = [], minimum: UInt32 = 0,
    outOfRange: ReasonCode = .protocolError
  ) {
    self.name = name
    self.shape = shape
    self.packets = packets
    self.repeats = repeats
    self.neverFromClient = neverFromClient
    self.neverFromServer = neverFromServer
    self.minimum = minimum
    self.outOfRange = outOfRange
  }

  /// Whether the property may stand in a packet (or will) from a side.
  func isAllowed(in packet: PacketSet, from sender: Side) -> Bool {
    let never = sender == .client ? neverFromClient : neverFromServer
    return packets.contains(packet) && !never.contains(packet)
  }

  /// The rule for an identifier, or nil if the standard has no such property.
  static func rule(for identifier: UInt8) -> PropertyRule? {
    switch identifier {
    case 0x01: .init("payload format indicator", .boolean, message)
    case 0x02: .init("message expiry interval", .fourBytes, message)
    case 0x03: .init("content type", .text, message)
    case 0x08: .init("response topic", .topic, message)
    case 0x09: .init("correlation data", .binary, message)
    case 0x0B:
      .init(
        "subscription identifier", .variableByteInteger, [.publish, .subscribe], repeats: .publish,
        neverFromClient: .publish, minimum: 1)  // [MQTT-3.3.4-6]
    case 0x11:
      .init("session expiry interval", .fourBytes, [.connect, .connack, .disconnect], neverFromServer: .disconnect)
    case 0x12: .init("assigned client identifier", .text, .connack)
    case 0x13: .init("server keep alive", .twoBytes, .connack)
    case 0x15: .init("authentication method", .text, authentication)
    case 0x16: .init("authentication data", .binary, authentication)
    case 0x17: .init("request problem information", .boolean, .connect)
    case 0x18: .init("will delay interval", .fourBytes, .will)
    case 0x19: .init("request response information", .boolean, .connect)
    case 0x1A: .init("response information", .text, .connack)
    case 0x1C: .init("server reference", .text, [.connack, .disconnect], neverFromClient: .disconnect)
    case 0x1F: .init("reason string", .text, answers)
    case 0x21: .init("receive maximum", .twoBytes, [.connect, .connack], minimum: 1)
    case 0x22: .init("topic alias maximum", .twoBytes, [.connect, .connack])
    case 0x23: .init("topic alias", .twoBytes, .publish, minimum: 1, outOfRange: .topicAliasInvalid)
    case 0x24: .init("maximum QoS", .boolean, .connack)
    case 0x25: .init("retain available", .boolean, .connack)
    case 0x26: .init("user property", .textPair, all, repeats: all)
    case 0x27: .init("maximum packet size", .fourBytes, [.connect, .connack], minimum: 1)
    case 0x28: .init("wildcard subscription available", .boolean, .connack)
    case 0x29: .init("subscription identifier available", .boolean, .connack)
    case 0x2A: .init("shared subscription available", .boolean, .connack)
    default: nil
    }
  }

  private static var message: PacketSet { [.publish, .will] }
  private static var authentication: PacketSet { [.connect, .connack, .auth] }
  private static var answers: PacketSet {
    [.connack, .puback, .pubrec, .pubrel, .pubcomp, .suback, .unsuback, .disconnect, .auth]
  }
  private static var all: PacketSet { answers.union([.connect, .will, .publish, .subscribe, .unsubscribe]) }
}
