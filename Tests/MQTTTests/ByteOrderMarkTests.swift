import MQTT
import Testing

@Suite struct ByteOrderMarkTests {
  @Test(arguments: ProtocolVersion.allCases)
  func `a byte order mark is a character like any other, at the start too`(version: ProtocolVersion) throws {
    let end = version == .v5 ? bytes("00") : []
    let packets = try decode(packet(0x30, bytes("0005 EFBBBF 'a/'") + end), version)
    #expect(packets == [.publish(Publish(topic: "\u{FEFF}a/"))])
    #expect(try encode(.publish(Publish(topic: "\u{FEFF}a/")), version).suffix(from: 4).starts(with: bytes("EFBBBF")))
  }
}
