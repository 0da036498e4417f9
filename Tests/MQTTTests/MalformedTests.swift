import MQTT
import NIOCore
import TestSupport
import Testing

@Suite struct MalformedTests {
  @Test(arguments: Malformed.all)
  func `a malformed packet is refused with its field, place and reason`(bad: Malformed) throws {
    let found = try #require(complaint(bad.bytes, bad.version, from: bad.sender, aliases: 10))
    #expect(found.reason == bad.reason)
    #expect(found.field == bad.field)
    #expect(found.offset == bad.offset)
  }

  @Test(arguments: Literal.old + Literal.new)
  func `flags other than the standard's are refused in every packet but PUBLISH`(good: Literal) {
    let whole = bytes(good.text)
    guard good.packet.type != .publish else { return }
    for flags in UInt8(0)...15 where flags != whole[0] & 0x0F {
      let found = complaint([whole[0] & 0xF0 | flags] + whole.dropFirst(), good.version, from: good.sender)
      #expect(found?.reason == .malformedPacket && found?.field == "flags" && found?.offset == 0)
    }
  }

  @Test(arguments: Literal.old + Literal.new)
  func `a remaining length that is too short or too long is never accepted as the same packet`(good: Literal) throws {
    let whole = bytes(good.text)
    guard whole.count < 129 else { return }
    for size in 0..<whole.count - 2 {
      let short = [whole[0], UInt8(size)] + whole[2..<2 + size]
      let packets = try? decode(short, good.version, from: good.sender, aliases: 10)
      #expect(packets != [good.packet])
    }
    let long = [whole[0], UInt8(whole.count - 1)] + whole.dropFirst(2) + [0xFF]
    let packets = try? decode(long, good.version, from: good.sender, aliases: 10)
    #expect(packets != [good.packet])
  }

  @Test func `a packet above our maximum is refused from its fixed header alone`() throws {
    let found = try #require(complaint(bytes("30 FF FF FF 7F"), .v5, maximum: 1000))
    #expect(found.reason == .packetTooLarge && found.offset == 1 && found.packet == .publish)
    #expect(complaint(bytes("30 05 0001 'a' 00 01"), .v5, maximum: 7) == nil)
    #expect(complaint(bytes("30 06 0001 'a' 00 0102"), .v5, maximum: 7)?.reason == .packetTooLarge)
    #expect(complaint(bytes("20 03 00 00 00"), .v5, maximum: 4)?.reason == .packetTooLarge)
  }

  @Test func `an alias is refused where we take none, or fewer`() {
    let message = bytes("30 07 0001 'a' 03 23 0002")
    for most in UInt16(0)...1 {
      #expect(complaint(message, .v5, aliases: most)?.reason == .topicAliasInvalid)
    }
    #expect(complaint(message, .v5, aliases: 2) == nil)
  }

  @Test func `3_1_1 does not ask for the shortest remaining length`() throws {
    #expect(try decode(bytes("D0 80 00"), .v3_1_1) == [.pingresp])
    let message = Packet.publish(Publish(topic: "a", payload: ByteBuffer(string: "data")))
    for length in ["87 00", "87 80 00", "87 80 80 00"] {
      #expect(try decode(bytes("30 \(length) 0001 'a' 'data'"), .v3_1_1) == [message])
    }
  }

  @Test func `the messages before a bad packet are kept, and the bad one is where the walk stops`() throws {
    let good = bytes("30 04 0001 'a' 00")
    let buffer = good + good + bytes("36 04 0001 'a' 00")
    var decoder = PacketDecoder(version: .v5, from: .server)
    var offset = 0
    var views: [PublishView] = []
    #expect(throws: MalformedPacket.self) {
      try decoder.decode(buffer.span.bytes, at: &offset, publishes: &views)
    }
    #expect(views.count == 2)
    #expect(offset == 12)
  }

  @Test func `the complaint is a sentence`() throws {
    let found = try #require(complaint(bytes("90 04 0001 00 03"), .v5))
    #expect(
      found.description
        == "SUBACK: the reason code at byte 5 is 3, which SUBACK does not have (0x82 Protocol error).")
  }

  @Test func `control characters and non-characters are refused by the strict policy alone`() {
    for text in ["01", "1F", "7F", "C280", "C29F", "EFBFBE", "EFBFBF", "EFB790", "F48FBFBF"] {
      let topic = bytes("'to'") + bytes(text) + bytes("'p'")
      let message = packet(0x30, [0, UInt8(topic.count)] + topic + [0])
      #expect(complaint(message, .v5) == nil)
      #expect(complaint(message, .v5, text: .strict)?.reason == .malformedPacket)
    }
    #expect(complaint(bytes("30 07 0004 EFBBBF 'a' 00"), .v5, text: .strict) == nil)
  }

  @Test func `a payload that contradicts its format is refused by the strict policy alone`() {
    let message = bytes("30 08 0001 'a' 02 01 01 FF FE")
    #expect(complaint(message, .v5) == nil)
    #expect(complaint(message, .v5, text: .strict)?.reason == .payloadFormatInvalid)
    #expect(complaint(bytes("30 08 0001 'a' 02 01 01 C3A4"), .v5, text: .strict) == nil)
    #expect(complaint(bytes("30 08 0001 'a' 02 01 00 FFFE"), .v5, text: .strict) == nil)
  }
}
