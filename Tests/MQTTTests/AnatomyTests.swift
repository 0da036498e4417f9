import NIOCore
import TestSupport
import Testing

@testable import MQTT

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
    for field in all {
      // Only the length of a secret, and its number if it is a property, are not a field of their own
      let start = field.place.lowerBound - (field.kind != .secret ? 0 : field.name == "password" ? 2 : 3)
      if start <= covered { covered = max(covered, field.place.upperBound) }
    }
    #expect(covered == size)
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

  @Test(arguments: Malformed.all)
  func `the fault of a malformed packet is the decoder's, at its place`(bad: Malformed) throws {
    // What is above our maximum is only a fault to whoever said one
    let found = complaint(bad.bytes, bad.version, from: bad.sender, aliases: .max)
    let faults = fields(bad.text, bad.version, from: bad.sender).filter { $0.kind == .fault }
    #expect(faults.map(\.name) == (found.map { [$0.field] } ?? []))
    #expect(faults.map(\.value) == (found.map { [$0.explanation] } ?? []))
    #expect(faults.map(\.place.lowerBound) == (found.map { [$0.offset] } ?? []))
  }

  @Test func `of CONNACK one byte is a return code only if it is the refusal of the version`() {
    #expect(fields("20 02 00 01", from: .server).contains { $0.name == "connect return code" })
    let all = fields("20 02 00 87", from: .server)
    #expect(!all.contains { $0.name == "connect return code" })
    #expect(all.last?.kind == .fault && all.last?.name == "property length")
  }

  @Test(arguments: [
    "F0 0B 7F 09 15 0001 'x' 16 0002 'SS'", "F0 11 18 0F 15 0001 'x' 16 0001 'a' 16 0004 'SSSS'",
    "20 0C 00 00 09 15 0001 'x' 16 0004 'SS'", "20 08 00 00 02 16 0002 'SS'", "F0 0B 18 05 15 0001 'x' 16 0002 'SS'",
    "F0 0B 18 09 15 0001 'x' 16 0002 'xx' F0 0B 18 09 15 0001 'x' 16 0002 'SS'",
  ])
  func `what stands behind a fault may be a secret, and is taken for one`(text: String) throws {
    let buffer = ByteBuffer(bytes: bytes(text))
    let anatomy = PacketAnatomy(buffer.readableBytesSpan, version: .v5, from: .server)
    let shown = bytes(text).enumerated().filter { place in !anatomy.secrets.contains { $0.contains(place.offset) } }
    #expect(!shown.contains { $0.element == UInt8(ascii: "S") })
  }

  private func firstPacket(of bytes: [UInt8]) -> [UInt8] {
    switch VariableByteInteger.read(bytes.span.bytes, at: 1) {
    case .value(let length, let size), .notMinimal(let length, let size): Array(bytes.prefix(1 + size + length))
    case .incomplete, .tooLong: bytes
    }
  }

  @Test func `any bytes are told without a trap, and no field leaves them`() {
    var random = RandomPackets(seed: 7, version: .v5)
    for _ in 0..<3_000 {
      let raw = random.raw(upTo: 60)
      let buffer = ByteBuffer(bytes: raw)
      let sender: Side = random.flag() ? .client : .server
      let version: ProtocolVersion = random.flag() ? .v5 : .v3_1_1
      let all = PacketAnatomy(buffer.readableBytesSpan, version: version, from: sender).fields
      let found = complaint(firstPacket(of: raw), version, from: sender, aliases: .max)
      #expect(all.filter { $0.kind == .fault }.map(\.name) == (found.map { [$0.field] } ?? []), "\(raw)")
      #expect(all.allSatisfy { $0.place.lowerBound >= 0 && $0.place.upperBound <= raw.count }, "\(raw)")
    }
  }
}
