/// A keyed hash of bytes that can be asked at every level of a topic on the way, so that all levels cost one pass.
struct PathHash {
  private let seed: UInt64

  init(seed: UInt64) {
    self.seed = seed
  }

  @inline(__always)
  func hash(_ bytes: RawSpan) -> UInt64 {
    var state = seed
    var offset = 0
    advance(&state, from: &offset, to: bytes.byteCount, bytes)
    return finish(state, at: bytes.byteCount, bytes)
  }

  /// Calls `body` with the end of each level but the last, and the hash of the bytes before it.
  func forEachParent(of bytes: RawSpan, _ body: (Int, UInt64) -> Void) {
    var state = seed
    var offset = 0
    for end in 0..<bytes.byteCount where bytes.unsafeLoad(fromByteOffset: end, as: UInt8.self) == UInt8(ascii: "/") {
      advance(&state, from: &offset, to: end, bytes)
      body(end, finish(state, at: end, bytes))
    }
  }

  @inline(__always)
  private func advance(_ state: inout UInt64, from offset: inout Int, to end: Int, _ bytes: RawSpan) {
    while offset + 8 <= end {
      let word = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state = Self.fold(state ^ word, 0x9e37_79b9_7f4a_7c15)
      offset += 8
    }
  }

  @inline(__always)
  private func finish(_ state: UInt64, at end: Int, _ bytes: RawSpan) -> UInt64 {
    var tail: UInt64 = 0
    let rest = end & 7
    if end >= 8, rest > 0 {
      tail = bytes.unsafeLoadUnaligned(fromByteOffset: end - 8, as: UInt64.self) >> UInt64(64 - 8 * rest)
    } else {
      for index in 0..<rest {
        tail |= UInt64(bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) << UInt64(8 * index)
      }
    }
    return Self.fold(state ^ tail, 0xd6e8_feb8_6659_fd93 ^ UInt64(end))
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
