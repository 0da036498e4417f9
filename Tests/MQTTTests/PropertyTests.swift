import MQTT
import Testing

/// A packet that has room for properties, and how to write it around them.
struct Place: CustomTestStringConvertible, Sendable {
  let name: String
  let sender: Side
  /// The first byte, what precedes the properties, and what follows them.
  let first: UInt8
  let before: String
  let after: String

  var testDescription: String { name }

  func packet(_ properties: [UInt8]) -> [UInt8] {
    MQTTTests.packet(first, bytes(before) + length(properties.count) + properties + bytes(after))
  }

  /// Where the properties start in the packet, if it is short.
  var start: Int { 2 + bytes(before).count + 1 }

  static let all: [Place] = [
    Place(name: "CONNECT", sender: .client, first: 0x10, before: "0004 'MQTT' 05 02 003C", after: "0000"),
    Place(
      name: "will", sender: .client, first: 0x10, before: "0004 'MQTT' 05 06 003C 00 0000", after: "0001 'w' 0000"),
    Place(name: "CONNACK", sender: .server, first: 0x20, before: "00 00", after: ""),
    Place(name: "PUBLISH", sender: .server, first: 0x30, before: "0001 'a'", after: "'text'"),
    Place(name: "PUBACK", sender: .server, first: 0x40, before: "0001 00", after: ""),
    Place(name: "PUBREC", sender: .server, first: 0x50, before: "0001 00", after: ""),
    Place(name: "PUBREL", sender: .server, first: 0x62, before: "0001 00", after: ""),
    Place(name: "PUBCOMP", sender: .server, first: 0x70, before: "0001 00", after: ""),
    Place(name: "SUBSCRIBE", sender: .client, first: 0x82, before: "0001", after: "0001 'a' 00"),
    Place(name: "SUBACK", sender: .server, first: 0x90, before: "0001", after: "00"),
    Place(name: "UNSUBSCRIBE", sender: .client, first: 0xA2, before: "0001", after: "0001 'a'"),
    Place(name: "UNSUBACK", sender: .server, first: 0xB0, before: "0001", after: "00"),
    Place(name: "DISCONNECT", sender: .client, first: 0xE0, before: "00", after: ""),
    Place(name: "DISCONNECT'", sender: .server, first: 0xE0, before: "00", after: ""),
    Place(name: "AUTH", sender: .server, first: 0xF0, before: "18", after: ""),
  ]
}

@Suite struct PropertyTests {
  /// Table 2-4: identifier, a value, where it belongs. DISCONNECT' is the server's.
  static let table: [(identifier: UInt8, value: String, places: [String])] = [
    (0x01, "01", ["PUBLISH", "will"]),
    (0x02, "00000000", ["PUBLISH", "will"]),
    (0x03, "0001 'x'", ["PUBLISH", "will"]),
    (0x08, "0001 'x'", ["PUBLISH", "will"]),
    (0x09, "0001 FF", ["PUBLISH", "will"]),
    (0x0B, "FFFFFF7F", ["PUBLISH", "SUBSCRIBE"]),
    (0x11, "FFFFFFFF", ["CONNECT", "CONNACK", "DISCONNECT"]),
    (0x12, "0001 'x'", ["CONNACK"]),
    (0x13, "0000", ["CONNACK"]),
    (0x15, "0001 'x'", ["CONNECT", "CONNACK", "AUTH"]),
    (0x16, "0001 00", ["CONNECT", "CONNACK", "AUTH"]),
    (0x17, "00", ["CONNECT"]),
    (0x18, "00000001", ["will"]),
    (0x19, "01", ["CONNECT"]),
    (0x1A, "0001 'x'", ["CONNACK"]),
    (0x1C, "0001 'x'", ["CONNACK", "DISCONNECT'"]),
    (0x1F, "0000", answers),
    (0x21, "0001", ["CONNECT", "CONNACK"]),
    (0x22, "0000", ["CONNECT", "CONNACK"]),
    (0x23, "0001", ["PUBLISH"]),
    (0x24, "01", ["CONNACK"]),
    (0x25, "00", ["CONNACK"]),
    (0x26, "0001 'k' 0000", Place.all.map(\.name)),
    (0x27, "00000001", ["CONNECT", "CONNACK"]),
    (0x28, "01", ["CONNACK"]),
    (0x29, "01", ["CONNACK"]),
    (0x2A, "01", ["CONNACK"]),
  ]

  static let answers = [
    "CONNACK", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBACK", "UNSUBACK", "DISCONNECT", "DISCONNECT'", "AUTH",
  ]

  /// What must stand beside a property for the packet to be good.
  static func company(_ identifier: UInt8, in place: Place) -> [UInt8] {
    let needsMethod = place.name == "AUTH" || place.name == "CONNECT" && identifier == 0x16
    return needsMethod && identifier != 0x15 ? bytes("15 0001 'm'") : []
  }

  @Test(arguments: Place.all)
  func `a property is accepted where the standard has it, and nowhere else`(place: Place) throws {
    for (identifier, value, places) in Self.table {
      let company = Self.company(identifier, in: place)
      let whole = place.packet(company + [identifier] + bytes(value))
      let found = complaint(whole, .v5, from: place.sender, aliases: 10)
      guard !places.contains(place.name) else {
        #expect(found == nil, "property \(identifier)")
        continue
      }
      let isRequest = place.name == "SUBSCRIBE" || place.name == "UNSUBSCRIBE"
      let reason: ReasonCode = isRequest ? .malformedPacket : .protocolError
      #expect(found?.reason == reason && found?.offset == place.start + company.count, "property \(identifier)")
    }
  }

  @Test(arguments: Place.all)
  func `a property that comes twice is refused, but for the two that may`(place: Place) throws {
    for (identifier, value, places) in Self.table where places.contains(place.name) {
      let once = [identifier] + bytes(value)
      let found = complaint(
        place.packet(Self.company(identifier, in: place) + once + once), .v5, from: place.sender, aliases: 10)
      if identifier == 0x26 || identifier == 0x0B && place.name == "PUBLISH" {
        #expect(found == nil, "property \(identifier)")
      } else {
        #expect(found?.reason == .protocolError, "property \(identifier)")
      }
    }
  }

  @Test(arguments: Place.all)
  func `a property without its whole value is refused as malformed`(place: Place) throws {
    for (identifier, value, _) in Self.table {
      let whole = bytes(value)
      for size in 0..<whole.count {
        let found = complaint(place.packet([identifier] + whole.prefix(size)), .v5, from: place.sender, aliases: 10)
        #expect(found?.reason == .malformedPacket, "property \(identifier), \(size) bytes")
      }
    }
  }

  @Test(arguments: Place.all)
  func `an identifier that MQTT does not have is refused as malformed`(place: Place) throws {
    let known = Set(Self.table.map(\.identifier))
    for identifier in UInt8(0)...127 where !known.contains(identifier) {
      let found = complaint(place.packet([identifier, 1]), .v5, from: place.sender)
      #expect(found?.reason == .malformedPacket && found?.offset == place.start, "property \(identifier)")
    }
    for wide in ["8100", "8001", "FF7F", "808001", "80808001", "FFFFFF7F", "8080808001"] {
      #expect(complaint(place.packet(bytes(wide) + [1]), .v5, from: place.sender)?.reason == .malformedPacket)
    }
  }

  @Test func `properties come back in their order, by name`() throws {
    let list: Properties = [
      .userProperty(UserProperty("b", "1")), .contentType("text"), .userProperty(UserProperty("a", "2")),
    ]
    let publish = Publish(topic: "t", properties: list)
    guard case .publish(let found) = try decode(try encode(.publish(publish), .v5), .v5).first else {
      Issue.record("no PUBLISH came back")
      return
    }
    #expect(found.properties == list)
    #expect(found.properties.contentType == "text")
    #expect(found.properties.userProperties.map(\.name) == ["b", "a"])
    #expect(found.properties.messageExpiryInterval == nil)
  }
}
