import MQTT

extension Malformed {
  /// PUBACK, PUBREC, PUBREL, PUBCOMP: what is forbidden in all of them.
  static let acknowledgements: [Malformed] = ["40", "50", "62", "70"].flatMap { first in
    [
      Malformed(.v3_1_1, .server, "\(first) 00", 0x81, "packet identifier", 2),
      Malformed(.v3_1_1, .server, "\(first) 01 00", 0x81, "packet identifier", 2),
      Malformed(.v3_1_1, .server, "\(first) 02 0000", 0x82, "packet identifier", 2),
      Malformed(.v3_1_1, .server, "\(first) 03 0001 00", 0x81, "remaining length", 1),
      Malformed(.v5, .server, "\(first) 00", 0x81, "packet identifier", 2),
      Malformed(.v5, .server, "\(first) 01 01", 0x81, "packet identifier", 2),
      Malformed(.v5, .server, "\(first) 03 0000 00", 0x82, "packet identifier", 2),
      Malformed(.v5, .server, "\(first) 03 0001 01", 0x82, "reason code", 4),
      Malformed(.v5, .server, "\(first) 03 0001 FF", 0x82, "reason code", 4),
      Malformed(.v5, .server, "\(first) 04 0001 00 01", 0x81, "property length", 5),
      Malformed(.v5, .server, "\(first) 05 0001 00 00 00", 0x81, "remaining length", 1),
      Malformed(.v5, .server, "\(first) 0C 0001 00 08 1F 0001 'p' 1F 0001 'q'", 0x82, "reason string", 10),
      Malformed(.v5, .server, "\(first) 08 0001 00 04 26 0001 'p'", 0x81, "user property", 10),
    ]
  }

  /// SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK.
  static let subscriptions: [Malformed] = [
    Malformed(.v3_1_1, .client, "82 02 0001", 0x82, "topic filter", 4),
    Malformed(.v3_1_1, .client, "82 06 0000 0001 'a' 00", 0x81, "packet identifier", 2),
    Malformed(.v3_1_1, .client, "82 05 0001 0001 'a'", 0x81, "subscription options", 7),
    Malformed(.v3_1_1, .client, "82 06 0001 0001 'a' 03", 0x82, "subscription options", 7),
    Malformed(.v3_1_1, .client, "82 06 0001 0001 'a' 04", 0x81, "subscription options", 7),
    Malformed(.v3_1_1, .client, "82 06 0001 0001 'a' 80", 0x81, "subscription options", 7),
    Malformed(.v3_1_1, .client, "82 05 0001 0000 00", 0x81, "topic filter", 6),
    Malformed(.v3_1_1, .client, "82 07 0001 0002 'a#' 00", 0x81, "topic filter", 6),
    Malformed(.v5, .client, "82 03 0001 00", 0x82, "topic filter", 5),
    Malformed(.v5, .client, "82 07 0001 00 0001 'a' 03", 0x82, "subscription options", 8),
    Malformed(.v5, .client, "82 07 0001 00 0001 'a' 30", 0x82, "subscription options", 8),
    Malformed(.v5, .client, "82 07 0001 00 0001 'a' 40", 0x81, "subscription options", 8),
    Malformed(.v5, .client, "82 07 0001 00 0001 'a' 80", 0x81, "subscription options", 8),
    Malformed(.v5, .client, "82 10 0001 00 000A '$share/n/t' 04", 0x82, "subscription options", 17),
    Malformed(.v5, .client, "82 0D 0001 00 0007 '$share/' 00", 0x81, "topic filter", 7),
    Malformed(.v5, .client, "82 0F 0001 00 0009 '$share/n/' 00", 0x81, "topic filter", 7),
    Malformed(.v5, .client, "82 09 0001 02 01 01 0001 'a' 00", 0x81, "payload format indicator", 5),
    Malformed(.v5, .client, "82 09 0001 02 0B 00 0001 'a' 00", 0x82, "subscription identifier", 6),
    Malformed(.v5, .client, "82 0B 0001 04 0B 01 0B 02 0001 'a' 00", 0x82, "subscription identifier", 7),
    Malformed(.v3_1_1, .server, "90 02 0001", 0x82, "reason codes", 4),
    Malformed(.v3_1_1, .server, "90 03 0000 00", 0x82, "packet identifier", 2),
    Malformed(.v3_1_1, .server, "90 03 0001 03", 0x82, "reason code", 4),
    Malformed(.v3_1_1, .server, "90 03 0001 87", 0x81, "return code", 4),
    Malformed(.v5, .server, "90 02 0001", 0x81, "property length", 4),
    Malformed(.v5, .server, "90 03 0001 00", 0x82, "reason codes", 5),
    Malformed(.v5, .server, "90 04 0001 00 03", 0x82, "reason code", 5),
    Malformed(.v5, .server, "90 05 0001 00 00 11", 0x82, "reason code", 6),
    Malformed(.v3_1_1, .client, "A2 02 0001", 0x82, "topic filter", 4),
    Malformed(.v3_1_1, .client, "A2 05 0000 0001 'a'", 0x81, "packet identifier", 2),
    Malformed(.v3_1_1, .client, "A2 06 0001 0002 '+a'", 0x81, "topic filter", 6),
    Malformed(.v5, .client, "A2 08 0001 02 0B 01 0001 'a'", 0x81, "subscription identifier", 5),
    Malformed(.v5, .client, "A2 03 0001 00", 0x82, "topic filter", 5),
    Malformed(.v5, .client, "A2 06 0001 00 0002 'a'", 0x81, "topic filter", 7),
    Malformed(.v3_1_1, .server, "B0 03 0001 00", 0x81, "remaining length", 1),
    Malformed(.v3_1_1, .server, "B0 02 0000", 0x82, "packet identifier", 2),
    Malformed(.v5, .server, "B0 03 0001 00", 0x82, "reason codes", 5),
    Malformed(.v5, .server, "B0 04 0001 00 01", 0x82, "reason code", 5),
    Malformed(.v5, .server, "B0 04 0001 00 97", 0x82, "reason code", 5),
  ]

  /// DISCONNECT and AUTH.
  static let endings: [Malformed] = [
    Malformed(.v3_1_1, .client, "E0 01 00", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "E0 01 01", 0x82, "reason code", 2),
    Malformed(.v5, .server, "E0 01 04", 0x82, "reason code", 2),
    Malformed(.v5, .client, "E0 01 8E", 0x82, "reason code", 2),
    Malformed(.v5, .client, "E0 01 8B", 0x82, "reason code", 2),
    Malformed(.v5, .server, "E0 02 00 01", 0x81, "property length", 3),
    Malformed(.v5, .server, "E0 03 00 00 00", 0x81, "remaining length", 1),
    Malformed(.v5, .server, "E0 03 00 01 11", 0x81, "session expiry interval", 5),
    Malformed(.v5, .server, "E0 07 00 05 11 00000000", 0x82, "session expiry interval", 4),
    Malformed(.v5, .client, "E0 06 00 04 1C 0001 'p'", 0x82, "server reference", 4),
    Malformed(.v5, .server, "F0 01 18", 0x81, "property length", 3),
    Malformed(.v5, .server, "F0 02 18 00", 0x82, "authentication method", 3),
    Malformed(.v5, .server, "F0 06 19 04 15 0001 'm'", 0x82, "reason code", 2),
    Malformed(.v5, .client, "F0 06 00 04 15 0001 'm'", 0x82, "reason code", 2),
    Malformed(.v5, .server, "F0 06 80 04 15 0001 'm'", 0x82, "reason code", 2),
    Malformed(.v5, .server, "F0 0A 18 08 15 0001 'm' 15 0001 'm'", 0x82, "authentication method", 8),
  ]

  package static let all = header + connect + connack + publish + acknowledgements + subscriptions + endings
}
