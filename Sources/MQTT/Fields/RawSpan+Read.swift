extension RawSpan {
  /// The byte at an offset inside the span.
  @inline(__always)
  package func byte(at offset: Int) -> UInt8 { unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// The two byte integer at an offset, the high byte first.
  @inline(__always)
  func twoBytes(at offset: Int) -> UInt16 {
    UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The four byte integer at an offset, the high byte first.
  @inline(__always)
  func fourBytes(at offset: Int) -> UInt32 {
    UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Eight bytes at an offset, in the order of this machine.
  @inline(__always)
  func eightBytes(at offset: Int) -> UInt64 { unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) }
}

extension RawSpan {
  /// A copy of the text at a place.
  func string(in place: Range<Int>) -> String {
    extracting(place).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  /// A copy of the bytes at a place.
  func array(in place: Range<Int>) -> [UInt8] {
    extracting(place).withUnsafeBytes { Array($0) }
  }
}
