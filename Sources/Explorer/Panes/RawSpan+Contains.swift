extension RawSpan {
  /// Whether the bytes are somewhere in these; letters of ASCII are alike unless the search is exact.
  func contains(_ part: [UInt8], isExact: Bool) -> Bool {
    guard part.count <= byteCount else { return false }
    return withUnsafeBytes { bytes in
      (0...bytes.count - part.count).contains { start in
        part.indices.allSatisfy { index in
          let byte = bytes[start + index]
          return byte == part[index] || (!isExact && byte.lowered == part[index].lowered)
        }
      }
    }
  }
}

extension UInt8 {
  fileprivate var lowered: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
