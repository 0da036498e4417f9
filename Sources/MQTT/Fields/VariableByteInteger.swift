import NIOCore

/// The encoding of every length in MQTT: seven bits a byte, the lowest first, in one to four bytes.
///
/// Source: MQTT 5.0, 1.5.5.
struct VariableByteInteger: NIOBinaryIntegerEncodingStrategy {
  static let maximum = 268_435_455

  /// The bytes that the length is likely to need, so that what it precedes is rarely moved.
  let requiredBytesHint: Int

  /// An encoding for lengths of about this many bytes.
  init(expecting size: Int = 0) {
    requiredBytesHint = VariableByteInteger.size(of: size)
  }

  /// The bytes that a value needs.
  static func size(of value: Int) -> Int {
    switch value {
    case ..<128: 1
    case ..<16_384: 2
    case ..<2_097_152: 3
    default: 4
    }
  }

  /// Reads a value, or leaves the buffer as it was if there is no whole and minimal one.
  func readInteger<IntegerType: FixedWidthInteger>(
    as type: IntegerType.Type, from buffer: inout ByteBuffer
  ) -> IntegerType? {
    guard case .value(let value, let size) = VariableByteInteger.read(buffer.readableBytesSpan, at: 0) else {
      return nil
    }
    guard let integer = IntegerType(exactly: value) else { return nil }
    buffer.moveReaderIndex(forwardBy: size)
    return integer
  }

  /// Writes a value of at most `maximum`; whoever computes a length has checked it.
  func writeInteger<IntegerType: FixedWidthInteger>(_ integer: IntegerType, to buffer: inout ByteBuffer) -> Int {
    precondition(integer <= VariableByteInteger.maximum, "a length was written that MQTT cannot express")
    var rest = integer
    var size = 0
    repeat {
      let low = UInt8(truncatingIfNeeded: rest & 0x7F)
      rest >>= 7
      buffer.writeInteger(rest > 0 ? low | 0x80 : low)
      size += 1
    } while rest > 0
    return size
  }
}

extension VariableByteInteger {
  /// What stands at a place in received bytes.
  enum Reading: Equatable {
    /// A value and the bytes it took.
    case value(Int, size: Int)
    /// The bytes end before the value does.
    case incomplete
    /// A fourth byte that says another follows.
    case tooLong
    /// A value in more bytes than it needs, which 5.0 forbids. [MQTT-1.5.5-1]
    case notMinimal(Int, size: Int)
  }

  /// Reads the value at an offset of a span.
  static func read(_ bytes: RawSpan, at offset: Int) -> Reading {
    var value = 0
    for size in 1...4 {
      let place = offset + size - 1
      guard place < bytes.byteCount else { return .incomplete }
      let byte = bytes.byte(at: place)
      value |= Int(byte & 0x7F) << (7 * (size - 1))
      guard byte & 0x80 == 0 else { continue }
      return byte == 0 && size > 1 ? .notMinimal(value, size: size) : .value(value, size: size)
    }
    return .tooLong
  }
}
