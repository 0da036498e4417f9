/// Containers whose content is not compressed: what opens them sees what any other file of their kind shows.
enum Stored {
  /// A file of gzip (RFC 1952).
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] + deflate(content) + crc32(content).littleEndianBytes
      + UInt32(truncatingIfNeeded: content.count).littleEndianBytes
  }

  /// A picture as PNG (RFC 2083), three bytes a pixel, row by row.
  static func png(width: Int, height: Int, pixel: (_ column: Int, _ row: Int) -> (UInt8, UInt8, UInt8)) -> [UInt8] {
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      for column in 0..<width {
        let (red, green, blue) = pixel(column, row)
        rows += [red, green, blue]
      }
    }
    let header = UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes + [8, 2, 0, 0, 0]
    let data = [0x78, 0x01] + deflate(rows) + adler32(rows).bigEndianBytes
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + chunk("IHDR", header) + chunk("IDAT", data)
      + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + content
    return UInt32(content.count).bigEndianBytes + body + crc32(body).bigEndianBytes
  }

  /// Stored blocks of RFC 1951, each of 65,535 bytes at most.
  private static func deflate(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    repeat {
      let end = min(start + 65_535, content.count)
      let size = UInt16(end - start)
      bytes +=
        [end == content.count ? 1 : 0] + size.littleEndianBytes + (~size).littleEndianBytes + content[start..<end]
      start = end
    } while start < content.count
    return bytes
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xedb8_8320 : 0) }
    }
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    let (a, b) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let a = (sums.0 + UInt32(byte)) % 65_521
      return (a, (sums.1 + a) % 65_521)
    }
    return b << 16 | a
  }
}
