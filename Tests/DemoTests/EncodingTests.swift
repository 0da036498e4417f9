import Testing

@testable import Demo

@Suite struct EncodingTests {
  /// Source: RFC 8949, appendix A.
  @Test(
    arguments: [
      (Value.integer(0), [0x00]), (.integer(23), [0x17]), (.integer(24), [0x18, 0x18]),
      (.integer(1_000), [0x19, 0x03, 0xe8]),
      (.integer(1_000_000), [0x1a, 0x00, 0x0f, 0x42, 0x40]), (.integer(-1), [0x20]), (.integer(-100), [0x38, 0x63]),
      (.number(1.1), [0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a]), (.flag(false), [0xf4]),
      (.flag(true), [0xf5]),
      (.bytes([1, 2, 3, 4]), [0x44, 0x01, 0x02, 0x03, 0x04]), (.text("IETF"), [0x64, 0x49, 0x45, 0x54, 0x46]),
      (.text("ü"), [0x62, 0xc3, 0xbc]), ([1, 2, 3], [0x83, 0x01, 0x02, 0x03]),
      (["a": 1, "b": [2, 3]], [0xa2, 0x61, 0x61, 0x01, 0x61, 0x62, 0x82, 0x02, 0x03]),
    ] as [(Value, [UInt8])])
  func `CBOR is as in the examples of its standard`(value: Value, bytes: [UInt8]) {
    #expect(value.cbor == bytes)
  }

  @Test(
    arguments: [
      (Value.integer(127), [0x7f]), (.integer(-32), [0xe0]), (.integer(128), [0xd3, 0, 0, 0, 0, 0, 0, 0, 0x80]),
      (.text("abc"), [0xa3, 0x61, 0x62, 0x63]), (.flag(true), [0xc3]), (.bytes([9]), [0xc4, 1, 9]),
      (
        ["compact": true, "schema": 0],
        [0x82, 0xa7] + Array("compact".utf8) + [0xc3, 0xa6] + Array("schema".utf8) + [0x00]
      ),
      (.text(String(repeating: "x", count: 40)), [0xd9, 40] + [UInt8](repeating: 0x78, count: 40)),
      (.list(Array(repeating: .flag(false), count: 300)), [0xdc, 0x01, 0x2c] + [UInt8](repeating: 0xc2, count: 300)),
    ] as [(Value, [UInt8])])
  func `MessagePack is as its specification has it`(value: Value, bytes: [UInt8]) {
    #expect(value.messagePack == bytes)
  }

  @Test func `a field of Protocol Buffers is as in their guide`() {
    var message = Protobuf()
    message.add(1, UInt64(150))
    #expect(message.bytes == [0x08, 0x96, 0x01])
    var text = Protobuf()
    text.add(2, "testing")
    #expect(text.bytes == [0x12, 0x07] + Array("testing".utf8))
    var outer = Protobuf()
    outer.add(3, message)
    #expect(outer.bytes == [0x1a, 0x03, 0x08, 0x96, 0x01])
  }

  @Test func `a metric of Sparkplug has its fields in order`() {
    let payload = SparkplugPayload(
      timestamp: 1, metrics: [SparkplugMetric(name: "x", value: .flag(true))], sequence: 7)
    #expect(payload.bytes == [0x08, 1, 0x12, 9, 0x0a, 1, 0x78, 0x18, 1, 0x20, 11, 0x70, 1, 0x18, 7])
  }

  @Test func `JSON quotes what has to be`() {
    let value: Value = ["a\"b": "line\nline", "n": -2.5, "list": [true, 1]]
    #expect(value.json == #"{"a\"b":"line\nline","n":-2.5,"list":[true,1]}"#)
  }

  /// Source: made by `printf hi | gzip -n -1` but for the block, which is stored: 01, length, its complement.
  @Test func `gzip ends with checksum and length`() {
    let bytes = Stored.gzip(Array("hi".utf8))
    #expect(bytes.prefix(4) == [0x1f, 0x8b, 8, 0])
    #expect(bytes[10..<17] == [1, 2, 0, 0xfd, 0xff, 0x68, 0x69])
    #expect(bytes.suffix(8) == [0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0])
  }

  @Test func `a large content has several blocks`() {
    let bytes = Stored.gzip([UInt8](repeating: 7, count: 70_000))
    #expect(bytes[10] == 0 && bytes[10 + 5 + 65_535] == 1)
    #expect(bytes.count == 10 + 70_000 + 2 * 5 + 8)
  }

  @Test func `a picture has the chunks of PNG, which close with their sums`() {
    let bytes = Stored.png(width: 1, height: 1) { _, _ in (255, 0, 0) }
    #expect(bytes.prefix(16) == [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
    // The checksums of an IHDR of one pixel and of IEND are in every PNG of that kind
    #expect(bytes[29..<33] == [0x90, 0x77, 0x53, 0xde])
    #expect(bytes.suffix(8) == [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
  }
}
