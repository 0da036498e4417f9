extension RawSpan {
  /// Whether both have the same bytes.
  @inline(__always)
  func isEqual(to other: RawSpan) -> Bool {
    let count = byteCount
    guard count == other.byteCount else {
      return false
    }
    var offset = 0
    while offset + 8 <= count {
      guard word(at: offset) == other.word(at: offset) else {
        return false
      }
      offset += 8
    }
    guard offset < count else {
      return true
    }
    if count >= 8 {
      return word(at: count - 8) == other.word(at: count - 8)
    }
    while offset < count {
      guard byte(at: offset) == other.byte(at: offset) else {
        return false
      }
      offset += 1
    }
    return true
  }

  /// Whether it comes before `other` in the order of bytes.
  func precedes(_ other: RawSpan) -> Bool {
    let common = Swift.min(byteCount, other.byteCount)
    var offset = 0
    while offset + 8 <= common {
      let (mine, its) = (word(at: offset).bigEndian, other.word(at: offset).bigEndian)
      if mine != its {
        return mine < its
      }
      offset += 8
    }
    while offset < common {
      let (mine, its) = (byte(at: offset), other.byte(at: offset))
      if mine != its {
        return mine < its
      }
      offset += 1
    }
    return byteCount < other.byteCount
  }

  /// The bytes as an array.
  var array: [UInt8] {
    withUnsafeBytes { Array($0) }
  }

  func append(to bytes: inout [UInt8]) {
    withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
