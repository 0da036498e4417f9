/// A message of Protocol Buffers as it is written, field by field.
///
/// Source: https://protobuf.dev/programming-guides/encoding
struct Protobuf: Equatable, Sendable {
  private(set) var bytes: [UInt8] = []

  /// Variable length: integers and flags.
  mutating func add(_ field: Int, _ value: UInt64) {
    varint(UInt64(field) << 3)
    varint(value)
  }

  mutating func add(_ field: Int, _ flag: Bool) { add(field, flag ? UInt64(1) : 0) }

  mutating func add(_ field: Int, _ value: Float) {
    varint(UInt64(field) << 3 | 5)
    bytes += value.bitPattern.littleEndianBytes
  }

  mutating func add(_ field: Int, _ value: Double) {
    varint(UInt64(field) << 3 | 1)
    bytes += value.bitPattern.littleEndianBytes
  }

  mutating func add(_ field: Int, _ text: String) { add(field, length: text.utf8.count, Array(text.utf8)) }

  mutating func add(_ field: Int, _ message: Protobuf) { add(field, length: message.bytes.count, message.bytes) }

  private mutating func add(_ field: Int, length: Int, _ content: [UInt8]) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(length))
    bytes += content
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
