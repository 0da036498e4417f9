import MQTT
import NIOCore
import Testing

/// A packet, who sends it, and its bytes as the standard has them.
struct Literal: CustomTestStringConvertible, Sendable {
  let packet: Packet
  let version: ProtocolVersion
  let sender: Side
  let text: String

  init(_ version: ProtocolVersion, _ sender: Side, _ packet: Packet, _ text: String) {
    self.packet = packet
    self.version = version
    self.sender = sender
    self.text = text
  }

  var testDescription: String { "\(version) \(packet.type) \(text)" }
}

@Suite struct LiteralBytesTests {
  @Test(arguments: Literal.old + Literal.new)
  func `a packet is written as the standard writes it`(literal: Literal) throws {
    #expect(try encode(literal.packet, literal.version, from: literal.sender) == bytes(literal.text))
  }

  @Test(arguments: Literal.old + Literal.new)
  func `bytes of the standard are read as the packet they are`(literal: Literal) throws {
    #expect(try decode(bytes(literal.text), literal.version, from: literal.sender, aliases: 10) == [literal.packet])
  }

  @Test(arguments: Literal.old + Literal.new)
  func `every whole packet is known to be whole, every shorter one to be incomplete`(literal: Literal) throws {
    let whole = bytes(literal.text)
    for size in 0..<whole.count {
      var decoder = PacketDecoder(version: literal.version, from: literal.sender, topicAliasMaximum: 10)
      var offset = 0
      var views: [PublishView] = []
      let part = ByteBuffer(bytes: whole.prefix(size))
      let step = try decoder.decode(part.readableBytesSpan, at: &offset, publishes: &views)
      guard case .needMore(let least) = step else {
        Issue.record("a packet was found in \(size) bytes of \(whole.count)")
        continue
      }
      #expect(least > size && least <= whole.count)
      #expect(offset == 0 && views.isEmpty)
    }
  }

  @Test func `forms that leave nothing out are read as those that do`() throws {
    #expect(try decode(bytes("40 03 1234 00"), .v5) == [.puback(Acknowledgement(0x1234))])
    #expect(try decode(bytes("40 04 1234 00 00"), .v5) == [.puback(Acknowledgement(0x1234))])
    #expect(try decode(bytes("62 03 1234 92"), .v5) == [.pubrel(Acknowledgement(0x1234, .packetIdentifierNotFound))])
    #expect(try decode(bytes("E0 01 00"), .v5) == [.disconnect(Disconnect())])
    #expect(try decode(bytes("E0 02 00 00"), .v5) == [.disconnect(Disconnect())])
    #expect(try decode(bytes("F0 00"), .v5) == [.auth(Auth(.success))])
  }

  @Test func `a refusal of 5.0 in the words of 3.1.1 is understood`() throws {
    let refused = Packet.connack(Connack(reasonCode: .unsupportedProtocolVersion))
    #expect(try decode(bytes("20 02 00 01"), .v5) == [refused])
  }

  @Test func `CONNECT decides the version of what follows it`() throws {
    let both = bytes("10 0D 0004 'MQTT' 05 02 003C 00 0000") + bytes("C0 00")
    #expect(try decode(both, .v3_1_1, from: .client) == [.connect(Connect(clientID: "")), .pingreq])
  }
}
