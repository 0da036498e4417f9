extension RawSpan {
  /// The byte at an offset inside the span.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Where the level that starts at an offset ends: at its separator or at the end.
  @inline(__always)
  func levelEnd(from start: Int) -> Int {
    var offset = start
    while offset < byteCount, byte(at: offset) != UInt8(ascii: "/") { offset += 1 }
    return offset
  }

  /// How many levels a topic or filter has.
  var levelCount: Int {
    var count = 1
    for offset in byteOffsets where byte(at: offset) == UInt8(ascii: "/") { count += 1 }
    return count
  }

  /// Whether the span is this one character.
  @inline(__always)
  func isByte(_ character: Unicode.Scalar) -> Bool { byteCount == 1 && byte(at: 0) == UInt8(ascii: character) }

  /// Whether a topic starts with `$`, and is kept from wildcards at its first level [MQTT-4.7.2-1].
  var isReserved: Bool { byteCount > 0 && byte(at: 0) == UInt8(ascii: "$") }

  /// Whether a topic lies in the tree that only the broker writes.
  var isSystem: Bool {
    let name = "$SYS".utf8.span.bytes
    return byteCount >= name.byteCount && extracting(first: name.byteCount).isEqual(to: name)
      && (byteCount == name.byteCount || byte(at: name.byteCount) == UInt8(ascii: "/"))
  }

  /// Whether two spans hold the same bytes.
  @inline(__always)
  func isEqual(to other: RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset + 8 <= byteCount {
      guard eightBytes(at: offset) == other.eightBytes(at: offset) else { return false }
      offset += 8
    }
    while offset < byteCount {
      guard byte(at: offset) == other.byte(at: offset) else { return false }
      offset += 1
    }
    return true
  }

  /// A hash of the bytes that differs from seed to seed.
  @inline(__always)
  func keyedHash(_ seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: byteCount)
    var offset = 0
    while offset + 8 <= byteCount {
      state = Self.fold(state ^ eightBytes(at: offset))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < byteCount {
      rest = rest << 8 | UInt64(byte(at: offset))
      offset += 1
    }
    return Self.fold(Self.fold(state ^ rest) ^ seed)
  }

  @inline(__always)
  private func eightBytes(at offset: Int) -> UInt64 { unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return high ^ low
  }
}
