import MQTT
import Testing

@Suite struct ReasonCodeTests {
  /// Table 2-6, by packet; of DISCONNECT and AUTH what a server may send.
  static let allowed: [(packet: String, before: String, after: String, codes: [UInt8])] = [
    (
      "20", "00", "00",
      [
        0, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97,
        0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F,
      ]
    ),
    ("40", "0001", "", [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]),
    ("50", "0001", "", [0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]),
    ("62", "0001", "", [0, 0x92]),
    ("70", "0001", "", [0, 0x92]),
    ("90", "0001 00", "", [0, 1, 2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2]),
    ("B0", "0001 00", "", [0, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91]),
    (
      "E0", "", "00",
      [
        0, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96,
        0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
      ]
    ),
    ("F0", "", "04 15 0001 'm'", [0, 0x18]),
  ]

  @Test func `a packet carries the reason codes of the standard and no others`() {
    for (first, before, after, codes) in Self.allowed {
      for code in UInt8(0)...255 {
        let whole = packet(bytes(first)[0], bytes(before) + [code] + bytes(after))
        let found = complaint(whole, .v5)
        if codes.contains(code) {
          #expect(found == nil, "\(first) \(code)")
        } else {
          #expect(found?.reason == .protocolError && found?.field == "reason code", "\(first) \(code)")
        }
      }
    }
  }

  @Test func `what a client may say in DISCONNECT and AUTH is less`() {
    let disconnect: [UInt8] = [
      0, 4, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9B,
    ]
    for code in UInt8(0)...255 {
      #expect((complaint([0xE0, 1, code], .v5, from: .client) == nil) == disconnect.contains(code), "\(code)")
      let auth = packet(0xF0, [code] + bytes("04 15 0001 'm'"))
      #expect((complaint(auth, .v5, from: .client) == nil) == [0x18, 0x19].contains(code), "\(code)")
    }
  }

  @Test func `codes have words, and zero means what its packet says`() {
    #expect(ReasonCode.noMatchingSubscribers.description == "No matching subscribers")
    #expect(ReasonCode.success.words(in: .suback) == "Granted QoS 0")
    #expect(ReasonCode.success.words(in: .disconnect) == "Normal disconnection")
    #expect(ReasonCode.success.words(in: .puback) == "Success")
    #expect(ReasonCode(rawValue: 0xEE).description == "Unknown reason code 238")
    #expect(ReasonCode.unspecifiedError.isError && !ReasonCode.noMatchingSubscribers.isError)
  }
}
