import MQTT
import NIOCore
import Testing

@Suite struct AnatomyTests {
  private func fields(
    _ text: String, _ version: ProtocolVersion = .v5, from sender: Side = .client
  ) -> [PacketField] {
    let buffer = ByteBuffer(bytes: bytes(text))
    return PacketAnatomy(buffer.readableBytesSpan, version: version, from: sender).fields
  }

  @Test func `a message is told field by field, each with its bytes`() {
    let all = fields("3D 0D 0003 'a/b' 1234 03 23 0007 'ON'")
    #expect(
      all == [
        PacketField("packet type", "3 PUBLISH", at: 0..<1),
        PacketField("DUP flag", "1, sent before", at: 0..<1, .part),
        PacketField("QoS level", "2", at: 0..<1, .part),
        PacketField("RETAIN", "1", at: 0..<1, .part),
        PacketField("remaining length", "13", at: 1..<2),
        PacketField("topic name", "a/b", at: 2..<7),
        PacketField("packet identifier", "4660", at: 7..<9),
        PacketField("property length", "3", at: 9..<10),
        PacketField("topic alias", "7", at: 10..<13, .part),
        PacketField("payload", "2 bytes", at: 13..<15),
      ])
  }

  @Test func `a password and authentication data are told by their size alone`() throws {
    let connect = Packet.connect(
      Connect(
        clientID: "c", username: "ada", password: Array("lovelace".utf8),
        properties: [.authenticationMethod("SCRAM-SHA-256"), .authenticationData(Array("secret".utf8))]))
    var buffer = ByteBuffer()
    try connect.encode(into: &buffer, version: .v5, from: .client)
    let anatomy = PacketAnatomy(buffer.readableBytesSpan, version: .v5, from: .client)
    let secrets = anatomy.fields.filter { $0.kind == .secret }
    #expect(secrets.map(\.name) == ["authentication data", "password"])
    #expect(secrets.map(\.value) == ["••• 6 bytes", "••• 8 bytes"])
    #expect(anatomy.secrets.map { buffer.getString(at: $0.lowerBound, length: $0.count) } == ["secret", "lovelace"])
    #expect(!anatomy.fields.contains { $0.value.contains("lovelace") || $0.value.contains("secret") })
  }

  @Test(arguments: Literal.old + Literal.new)
  func `every packet of the standard is told without a fault and to its last byte`(literal: Literal) {
    let all = fields(literal.text, literal.version, from: literal.sender)
    #expect(!all.contains { $0.kind == .fault || $0.kind == .missing })
    let size = bytes(literal.text).count
    #expect(all.map(\.place.upperBound).max() == size)
    var covered = 0
    for field in all where field.place.lowerBound <= covered { covered = max(covered, field.place.upperBound) }
    // Only the two bytes of a secret's length are not a field of their own
    #expect(covered == size || all.contains { $0.kind == .secret })
  }

  @Test(arguments: Literal.old + Literal.new)
  func `of a packet that was cut, the fields that are there are told, and how much is missing`(literal: Literal) {
    let whole = bytes(literal.text)
    for size in 2..<max(2, whole.count) {
      let buffer = ByteBuffer(bytes: whole.prefix(size))
      let all = PacketAnatomy(buffer.readableBytesSpan, version: literal.version, from: literal.sender).fields
      #expect(all.last?.kind == .missing)
      #expect(all.allSatisfy { $0.place.upperBound <= size && $0.kind != .fault })
    }
  }

  @Test func `what the decoder refuses is told as the fault it is`() {
    let all = fields("90 03 0001 03", .v3_1_1, from: .server)
    #expect(all.last?.kind == .fault && all.last?.name == "reason code")
    #expect(fields("48 54 54 50", from: .server).contains { $0.kind == .fault && $0.name == "flags" })
    #expect(fields("00 00").map(\.kind) == [.fault])
  }

  @Test func `any bytes are told without a trap, and no field leaves them`() {
    var random = RandomPackets(seed: 7, version: .v5)
    for _ in 0..<3_000 {
      let raw = random.raw(upTo: 60)
      let buffer = ByteBuffer(bytes: raw)
      let sender: Side = random.flag() ? .client : .server
      let all = PacketAnatomy(
        buffer.readableBytesSpan, version: random.flag() ? .v5 : .v3_1_1, from: sender
      ).fields
      #expect(all.allSatisfy { $0.place.lowerBound >= 0 && $0.place.upperBound <= raw.count }, "\(raw)")
    }
  }
}
