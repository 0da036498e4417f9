/// The rules for text on the wire. Source: MQTT 5.0, 1.5.4.
enum Text {
  /// What is wrong with bytes that should be text.
  enum Problem: Equatable {
    /// They are not well-formed UTF-8. [MQTT-1.5.4-1]
    case illFormed
    /// They contain U+0000. [MQTT-1.5.4-2]
    case nullCharacter
    /// They contain a control character or a non-character, which `TextPolicy.strict` refuses.
    case disallowed
  }

  /// The first problem of the text, and where it is; a byte order mark is text like any other. [MQTT-1.5.4-3]
  static func problem(in bytes: RawSpan, policy: TextPolicy) -> (Problem, offset: Int)? {
    var offset = 0
    while offset < bytes.byteCount {
      if policy == .accepting, offset + 8 <= bytes.byteCount,
        isPlain(bytes.eightBytes(at: offset))
      {
        offset += 8
        continue
      }
      guard let (scalar, size) = scalar(in: bytes, at: offset) else { return (.illFormed, offset) }
      if scalar == 0 { return (.nullCharacter, offset) }
      if policy == .strict, isDisallowed(scalar) { return (.disallowed, offset) }
      offset += size
    }
    return nil
  }

  /// Whether the bytes are well-formed UTF-8, U+0000 included.
  static func isWellFormed(_ bytes: RawSpan) -> Bool {
    var offset = 0
    while offset < bytes.byteCount {
      guard let (_, size) = scalar(in: bytes, at: offset) else { return false }
      offset += size
    }
    return true
  }

  /// Whether none of eight bytes is zero or outside ASCII.
  @inline(__always)
  static func isPlain(_ eight: UInt64) -> Bool {
    (hasZero(eight) | eight) & highBits == 0
  }

  /// Whether none of eight bytes is zero, outside ASCII, or one of the wildcards `+` and `#`.
  @inline(__always)
  static func isPlainTopic(_ eight: UInt64) -> Bool {
    // `+` and `#` differ in one bit only, so with that bit cleared one comparison finds both.
    let wildcards = (eight & 0xF7F7_F7F7_F7F7_F7F7) ^ 0x2323_2323_2323_2323
    return (hasZero(eight) | hasZero(wildcards) | eight) & highBits == 0
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Has a high bit set, among the high bits, if and only if one of the eight bytes is zero.
  @inline(__always)
  private static func hasZero(_ eight: UInt64) -> UInt64 {
    (eight &- 0x0101_0101_0101_0101) & ~eight
  }

  /// The scalar at an offset and its size, or nil if the bytes there are not UTF-8.
  private static func scalar(in bytes: RawSpan, at offset: Int) -> (UInt32, size: Int)? {
    let first = bytes.byte(at: offset)
    guard first >= 0x80 else { return (UInt32(first), 1) }
    let (size, smallest): (Int, UInt32)
    switch first {
    case 0xC2...0xDF: (size, smallest) = (2, 0x80)
    case 0xE0...0xEF: (size, smallest) = (3, 0x800)
    case 0xF0...0xF4: (size, smallest) = (4, 0x1_0000)
    default: return nil
    }
    guard offset + size <= bytes.byteCount else { return nil }
    var scalar = UInt32(first & (0x7F >> UInt8(size)))
    for place in offset + 1..<offset + size {
      let byte = bytes.byte(at: place)
      guard byte & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let isSurrogate = (0xD800...0xDFFF).contains(scalar)
    guard scalar >= smallest, scalar <= 0x10_FFFF, !isSurrogate else { return nil }
    return (scalar, size)
  }

  /// The control characters and non-characters that a receiver may refuse.
  private static func isDisallowed(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x01...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
    default: scalar & 0xFFFE == 0xFFFE
    }
  }
}
