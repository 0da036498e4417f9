import MQTT

/// Bytes that the standard forbids, and what must be said about them.
package struct Malformed: CustomStringConvertible, Sendable {
  package let version: ProtocolVersion
  package let sender: Side
  package let text: String
  package let reason: ReasonCode
  package let field: String
  package let offset: Int

  init(
    _ version: ProtocolVersion, _ sender: Side, _ text: String, _ reason: UInt8, _ field: String, _ offset: Int
  ) {
    self.version = version
    self.sender = sender
    self.text = text
    self.reason = ReasonCode(rawValue: reason)
    self.field = field
    self.offset = offset
  }

  package var bytes: [UInt8] { [UInt8](written: text) }

  package var description: String { "\(version) \(text)" }
}

extension Malformed {
  /// The fixed header.
  static let header: [Malformed] = [
    Malformed(.v5, .server, "00 00", 0x82, "packet type", 0),
    Malformed(.v3_1_1, .server, "F0 00", 0x82, "packet type", 0),
    Malformed(.v3_1_1, .server, "E0 00", 0x82, "packet type", 0),
    Malformed(.v5, .server, "10 00", 0x82, "packet type", 0),
    Malformed(.v5, .server, "82 00", 0x82, "packet type", 0),
    Malformed(.v5, .server, "A2 00", 0x82, "packet type", 0),
    Malformed(.v5, .server, "C0 00", 0x82, "packet type", 0),
    Malformed(.v5, .client, "20 03 00 00 00", 0x82, "packet type", 0),
    Malformed(.v5, .client, "90 04 0001 00 00", 0x82, "packet type", 0),
    Malformed(.v5, .client, "B0 04 0001 00 00", 0x82, "packet type", 0),
    Malformed(.v5, .client, "D0 00", 0x82, "packet type", 0),
    Malformed(.v5, .server, "30 80 80 80 80 01", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "30 FF FF FF FF", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "D0 80 00", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "D0 80 80 00", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "30 88 00 0001 'a' 00 'data'", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "30 88 80 00 0001 'a' 00 'data'", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "D0 01 00", 0x81, "remaining length", 1),
    Malformed(.v5, .client, "C0 01 00", 0x81, "remaining length", 1),
  ]

  /// CONNECT, as a server reads it.
  static let connect: [Malformed] = [
    Malformed(.v5, .client, "10 00", 0x81, "protocol name", 2),
    Malformed(.v5, .client, "10 0D 0004 'MQTX' 05 02 003C 00 0000", 0x84, "protocol name", 4),
    Malformed(.v5, .client, "10 0E 0006 'MQIsdp' 03 02 003C 0000", 0x84, "protocol version", 4),
    Malformed(.v5, .client, "10 0C 0004 'MQTT' 03 02 003C 0000", 0x84, "protocol version", 8),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 06 02 003C 00 0000", 0x84, "protocol version", 8),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 05 03 003C 00 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 0C 0004 'MQTT' 04 03 003C 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 05 0A 003C 00 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 05 22 003C 00 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 13 0004 'MQTT' 05 1E 003C 00 0000 00 0001 'w' 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 0E 0004 'MQTT' 04 42 003C 0000 0000", 0x81, "connect flags", 9),
    Malformed(.v5, .client, "10 0B 0004 'MQTT' 05 02 003C 00", 0x81, "client identifier", 13),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 05 82 003C 00 0000", 0x81, "user name", 15),
    Malformed(.v5, .client, "10 0D 0004 'MQTT' 05 42 003C 00 0000", 0x81, "password", 15),
    Malformed(.v5, .client, "10 0E 0004 'MQTT' 05 02 003C 00 0000 00", 0x81, "remaining length", 1),
    Malformed(.v5, .client, "10 0E 0004 'MQTT' 05 02 003C 00 0001 00", 0x81, "client identifier", 15),
    Malformed(.v5, .client, "10 13 0004 'MQTT' 05 06 003C 00 0000 00 0001 '#' 0000", 0x81, "will topic", 18),
    Malformed(.v5, .client, "10 12 0004 'MQTT' 05 06 003C 00 0000 00 0000 0000", 0x81, "will topic", 18),
    Malformed(.v5, .client, "10 11 0004 'MQTT' 05 02 003C 04 16 0001 00 0000", 0x82, "authentication data", 12),
    Malformed(.v5, .client, "10 10 0004 'MQTT' 05 02 003C 03 21 0000 0000", 0x82, "receive maximum", 14),
    Malformed(.v5, .client, "10 12 0004 'MQTT' 05 02 003C 05 27 00000000 0000", 0x82, "maximum packet size", 14),
    Malformed(.v5, .client, "10 0F 0004 'MQTT' 05 02 003C 02 19 02 0000", 0x82, "request response information", 14),
    Malformed(.v5, .client, "10 0F 0004 'MQTT' 05 02 003C 02 17 02 0000", 0x82, "request problem information", 14),
  ]

  /// CONNACK.
  package static let connack: [Malformed] = [
    Malformed(.v3_1_1, .server, "20 00", 0x81, "acknowledge flags", 2),
    Malformed(.v3_1_1, .server, "20 01 00", 0x81, "return code", 3),
    Malformed(.v3_1_1, .server, "20 03 00 00 00", 0x81, "remaining length", 1),
    Malformed(.v3_1_1, .server, "20 02 02 00", 0x82, "acknowledge flags", 2),
    Malformed(.v3_1_1, .server, "20 02 80 00", 0x82, "acknowledge flags", 2),
    Malformed(.v3_1_1, .server, "20 02 01 02", 0x82, "acknowledge flags", 2),
    Malformed(.v3_1_1, .server, "20 02 00 06", 0x81, "return code", 3),
    Malformed(.v3_1_1, .server, "20 02 00 FF", 0x81, "return code", 3),
    Malformed(.v5, .server, "20 00", 0x81, "acknowledge flags", 2),
    Malformed(.v5, .server, "20 01 00", 0x81, "reason code", 3),
    Malformed(.v5, .server, "20 02 00 00", 0x81, "property length", 4),
    Malformed(.v5, .server, "20 04 00 00 00 00", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "20 03 02 00 00", 0x82, "acknowledge flags", 2),
    Malformed(.v5, .server, "20 03 01 87 00", 0x82, "acknowledge flags", 2),
    Malformed(.v5, .server, "20 03 00 01 00", 0x82, "reason code", 3),
    Malformed(.v5, .server, "20 03 00 8E 00", 0x82, "reason code", 3),
    Malformed(.v5, .server, "20 03 00 FF 00", 0x82, "reason code", 3),
    Malformed(.v5, .server, "20 05 00 00 02 24 02", 0x82, "maximum QoS", 6),
    Malformed(.v5, .server, "20 05 00 00 02 25 02", 0x82, "retain available", 6),
    Malformed(.v5, .server, "20 05 00 00 02 28 FF", 0x82, "wildcard subscription available", 6),
    Malformed(.v5, .server, "20 05 00 00 02 29 02", 0x82, "subscription identifier available", 6),
    Malformed(.v5, .server, "20 05 00 00 02 2A 02", 0x82, "shared subscription available", 6),
    Malformed(.v5, .server, "20 06 00 00 03 21 0000", 0x82, "receive maximum", 6),
    Malformed(.v5, .server, "20 08 00 00 05 27 00000000", 0x82, "maximum packet size", 6),
  ]

  /// PUBLISH.
  static let publish: [Malformed] = [
    Malformed(.v3_1_1, .server, "30 00", 0x81, "topic name", 2),
    Malformed(.v3_1_1, .server, "30 01 00", 0x81, "topic name", 2),
    Malformed(.v3_1_1, .server, "30 02 0001", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 04 0003 'ab'", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 02 0000", 0x82, "topic name", 4),
    Malformed(.v3_1_1, .server, "36 05 0001 'a' 0001", 0x81, "flags", 0),
    Malformed(.v5, .server, "36 06 0001 'a' 0001 00", 0x81, "flags", 0),
    Malformed(.v3_1_1, .server, "3E 05 0001 'a' 0001", 0x81, "flags", 0),
    Malformed(.v3_1_1, .server, "38 03 0001 'a'", 0x81, "flags", 0),
    Malformed(.v3_1_1, .server, "32 03 0001 'a'", 0x81, "packet identifier", 5),
    Malformed(.v3_1_1, .server, "32 04 0001 'a' 00", 0x81, "packet identifier", 5),
    Malformed(.v3_1_1, .server, "32 05 0001 'a' 0000", 0x82, "packet identifier", 5),
    Malformed(.v3_1_1, .server, "34 05 0001 'a' 0000", 0x82, "packet identifier", 5),
    Malformed(.v3_1_1, .server, "30 07 0005 '+opic'", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 0C 000A 'topic/abc#'", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 07 0005 'to' 00 'ic'", 0x81, "topic name", 6),
    Malformed(.v3_1_1, .server, "30 0B 0009 'topicto' 00 'c'", 0x81, "topic name", 11),
    Malformed(.v3_1_1, .server, "30 07 0005 'to' EDA080", 0x81, "topic name", 6),
    Malformed(.v3_1_1, .server, "30 07 0005 'to' EDBFBF", 0x81, "topic name", 6),
    Malformed(.v3_1_1, .server, "30 04 0002 C080", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 05 0003 E08080", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 06 0004 F0808080", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 06 0004 F4908080", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 03 0001 80", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 03 0001 FF", 0x81, "topic name", 4),
    Malformed(.v3_1_1, .server, "30 04 0002 'a' C3", 0x81, "topic name", 5),
    Malformed(.v5, .server, "30 03 0001 'a'", 0x81, "property length", 5),
    Malformed(.v5, .server, "30 04 0001 'a' 01", 0x81, "property length", 5),
    Malformed(.v5, .server, "30 05 0001 'a' 80 00", 0x81, "property length", 5),
    Malformed(.v5, .server, "30 08 0001 'a' 80 80 80 80 01", 0x81, "property length", 5),
    Malformed(.v5, .server, "30 03 0000 00", 0x82, "topic name", 4),
    Malformed(.v5, .server, "30 06 0000 03 23 0000", 0x94, "topic alias", 6),
    Malformed(.v5, .server, "30 07 0001 'a' 03 23 000B", 0x94, "topic alias", 6),
    Malformed(.v5, .server, "30 0A 0001 'a' 06 23 0001 23 0002", 0x82, "topic alias", 9),
    Malformed(.v5, .server, "30 06 0001 'a' 02 01 02", 0x82, "payload format indicator", 7),
    Malformed(.v5, .server, "30 06 0001 'a' 02 0B 00", 0x82, "subscription identifier", 7),
    Malformed(.v5, .server, "30 07 0001 'a' 03 0B 80 00", 0x81, "subscription identifier", 7),
    Malformed(.v5, .server, "30 08 0001 'a' 04 08 0001 '#'", 0x82, "response topic", 9),
    Malformed(.v5, .server, "30 07 0001 'a' 03 08 0000", 0x82, "response topic", 9),
    Malformed(.v5, .server, "30 08 0001 'a' 04 03 0001 00", 0x81, "content type", 9),
    Malformed(.v5, .server, "30 06 0001 'a' 02 04 00", 0x81, "property identifier", 6),
    Malformed(.v5, .server, "30 06 0001 'a' 02 00 00", 0x81, "property identifier", 6),
    Malformed(.v5, .server, "30 06 0001 'a' 02 80 00", 0x81, "property identifier", 6),
    Malformed(.v5, .server, "30 07 0001 'a' 03 80 02 00", 0x81, "property identifier", 6),
    Malformed(.v5, .server, "30 05 0001 'a' 01 23 00 01", 0x81, "topic alias", 7),
    Malformed(.v5, .client, "30 06 0001 'a' 02 0B 01", 0x82, "subscription identifier", 6),
  ]
}
