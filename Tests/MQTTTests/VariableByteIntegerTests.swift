import NIOCore
import Testing

@testable import MQTT

@Suite struct VariableByteIntegerTests {
  /// Table 1-1: the ends of each size.
  static let table: [(value: Int, text: String)] = [
    (0, "00"), (127, "7F"), (128, "8001"), (16_383, "FF7F"), (16_384, "808001"), (2_097_151, "FFFF7F"),
    (2_097_152, "80808001"), (268_435_455, "FFFFFF7F"),
  ]

  @Test func `a value is written in the fewest bytes and read back`() {
    for (value, text) in Self.table {
      var buffer = ByteBuffer()
      #expect(buffer.writeEncodedInteger(value, strategy: VariableByteInteger()) == bytes(text).count)
      #expect(Array(buffer.readableBytesView) == bytes(text))
      #expect(buffer.readEncodedInteger(as: Int.self, strategy: VariableByteInteger()) == value)
      #expect(buffer.readableBytes == 0)
    }
  }

  @Test func `an incomplete, overlong or too wide value is none, and stays unread`() {
    for text in ["", "80", "8080", "808080", "80808080", "8080808001", "8000", "808000", "FFFFFF00"] {
      var buffer = ByteBuffer(bytes: bytes(text))
      #expect(buffer.readEncodedInteger(as: Int.self, strategy: VariableByteInteger()) == nil, "\(text)")
      #expect(buffer.readableBytes == bytes(text).count)
    }
    var wide = ByteBuffer(bytes: bytes("8002"))
    #expect(wide.readEncodedInteger(as: UInt8.self, strategy: VariableByteInteger()) == nil)
  }

  @Test func `what precedes a length keeps its place whatever the length was expected to be`() {
    for size in [0, 5, 127, 128, 20_000] {
      for expected in [0, 200, 20_000, 3_000_000] {
        var buffer = ByteBuffer(string: "x")
        buffer.writeLengthPrefixed(strategy: VariableByteInteger(expecting: expected)) { buffer in
          buffer.writeRepeatingByte(7, count: size)
        }
        let whole = bytes("'x'") + length(size) + [UInt8](repeating: 7, count: size)
        #expect(Array(buffer.readableBytesView) == whole, "\(size) \(expected)")
      }
    }
  }
}
