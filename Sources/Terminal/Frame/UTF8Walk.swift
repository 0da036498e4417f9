/// Walks over bytes that should be UTF-8; what is not comes out byte by byte.
struct UTF8Walk {
  /// One step of the walk.
  enum Step: Equatable {
    /// A scalar, however many bytes it took.
    case scalar(Unicode.Scalar)
    /// A byte that belongs to no scalar.
    case invalid(UInt8)
  }

  /// The place of the next byte.
  var offset = 0

  /// The next scalar or stray byte; nil at the end.
  mutating func next(_ bytes: borrowing Span<UInt8>) -> Step? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    offset += 1
    let (length, least): (Int, UInt32)
    switch first {
    case 0..<0x80: return .scalar(Unicode.Scalar(first))
    case 0xC2...0xDF: (length, least) = (1, 0x80)
    case 0xE0...0xEF: (length, least) = (2, 0x800)
    case 0xF0...0xF4: (length, least) = (3, 0x10000)
    default: return .invalid(first)
    }
    guard offset + length <= bytes.count else { return .invalid(first) }
    var value = UInt32(first) & (0x3F >> UInt32(length))
    for index in offset..<offset + length {
      guard bytes[index] & 0xC0 == 0x80 else { return .invalid(first) }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    // An over-long form or a surrogate is as wrong as a stray byte.
    guard value >= least, let scalar = Unicode.Scalar(value) else { return .invalid(first) }
    offset += length
    return .scalar(scalar)
  }
}
