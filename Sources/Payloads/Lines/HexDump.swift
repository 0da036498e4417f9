/// Offset, bytes and ASCII of a payload, line by line.
public struct HexDump: Equatable, Sendable {
  private let bytesPerLine: Int
  private let size: Int

  init(_ bytesPerLine: Int, size: Int) {
    self.bytesPerLine = bytesPerLine
    self.size = size
  }

  /// The most bytes a line, 16, 8 or 4, whose dump fits in `columns`; 4 when none does.
  public static func bytesPerLine(fitting columns: Int, size: Int) -> Int {
    [16, 8].first { HexDump($0, size: size).width <= columns } ?? 4
  }

  var lineCount: Int { (size + bytesPerLine - 1) / bytesPerLine }

  private var offsetDigits: Int { size > 0x1_0000 ? 8 : 4 }

  private var width: Int { offsetDigits + 2 + byteColumns + 2 + bytesPerLine }

  /// Two digits and a space a byte, and one more space between groups of eight.
  private var byteColumns: Int { bytesPerLine * 3 - 1 + (bytesPerLine - 1) / 8 }

  func line(_ index: Int, of bytes: [UInt8]) -> Line {
    guard index >= 0, index < lineCount else { return Line() }
    let start = index * bytesPerLine
    let row = bytes[start..<min(start + bytesPerLine, bytes.count)]
    let offset = String(start, radix: 16)
    var digits = ""
    for (position, byte) in row.enumerated() {
      if position > 0 { digits += position % 8 == 0 ? "  " : " " }
      digits += hexDigits(byte).lowercased()
    }
    digits += String(repeating: " ", count: byteColumns - digits.utf8.count)
    let padding = String(repeating: "0", count: max(0, offsetDigits - offset.utf8.count))
    return Line(
      [Line.Span(padding + offset + "  ", .offset), Line.Span(digits + "  ", .byte)] + ascii(row),
      source: row.startIndex..<row.endIndex)
  }

  /// Printable bytes as they are, each run of others as dim dots.
  private func ascii(_ row: ArraySlice<UInt8>) -> [Line.Span] {
    row.reduce(into: []) { spans, byte in
      let isPrintable = byte >= 0x20 && byte < 0x7F
      let token = isPrintable ? Token.ascii : .dim
      if spans.last?.token != token { spans.append(Line.Span("", token)) }
      spans[spans.count - 1].text += isPrintable ? String(UnicodeScalar(byte)) : "·"
    }
  }
}
