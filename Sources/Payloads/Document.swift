/// A payload made readable: what it is, and its lines, each formatted only when it is asked for.
public struct Document: Sendable {
  public let bytes: [UInt8]
  public let kind: Kind
  /// The view in use, never `auto`: `tree` for JSON only, `raw` for text, `hex` for the rest.
  public let shown: View
  /// Why the payload is not the JSON or the UTF-8 it looks like, and where.
  public let problem: Problem?
  public let lineCount: Int

  /// Opens a payload.
  /// - Parameters:
  ///   - view: The view asked for; `shown` tells which one suits the content.
  ///   - bytesPerLine: For the hex view only; see `HexDump.bytesPerLine(fitting:size:)`.
  public init(_ bytes: [UInt8], view: View = .auto, bytesPerLine: Int = 16) {
    self.bytes = bytes
    kind = bytes.isEmpty ? .empty : .text
    shown = .raw
    problem = nil
    lineCount = 1 + bytes.count { $0 == 0x0A }
  }

  /// What to call the payload, such as "JSON", "Text" or "Invalid JSON".
  public var summary: String {
    kind.name
  }

  /// The line at `index`, counted from 0; an empty line when there is none.
  public func line(_ index: Int) -> Line {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.indices.contains(index) else { return Line() }
    return Line([Line.Span(String(decoding: lines[index], as: UTF8.self), .text)])
  }

  /// The line that shows the byte at `offset`, to step to a match or a problem; the last one when `offset` is past the end.
  public func lineIndex(containing offset: Int) -> Int {
    bytes.prefix(max(0, offset)).count { $0 == 0x0A }
  }
}
