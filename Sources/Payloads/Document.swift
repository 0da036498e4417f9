/// A payload made readable: what it is, and its lines, each formatted only when it is asked for.
///
/// Opening reads the bytes once and keeps a place every few kilobytes; a line anywhere costs microseconds.
public struct Document: Sendable {
  /// The payload as it was sent.
  public let bytes: [UInt8]
  /// The bytes of a line of the hex view.
  public let bytesPerLine: Int
  private let content: Content

  /// Opens a payload.
  /// - Parameters:
  ///   - view: The view asked for; `shown` tells which one suits the content.
  ///   - bytesPerLine: For the hex view only, 1 to 256; see `HexDump.bytesPerLine(fitting:size:)`.
  public init(_ bytes: [UInt8], view: View = .auto, bytesPerLine: Int = 16) {
    self.bytes = bytes
    self.bytesPerLine = min(max(1, bytesPerLine), 256)
    content = Content(bytes, view)
  }

  /// What the payload is, whatever the view.
  public var kind: Kind { content.kind }

  /// The view in use, never `auto`: `tree` for JSON only, `raw` for text, `hex` for the rest or when asked for.
  public var shown: View { content.shown }

  /// Why the payload is not the JSON or the UTF-8 it looks like, and where.
  public var problem: Problem? { content.problem }

  /// What to call the payload: "JSON", "Number", "Text", "Binary", "Empty", "Invalid JSON" or "Text, not UTF-8".
  public var summary: String { content.summary }

  /// How many lines there are; a final line feed starts one more, an empty payload has one that says so.
  public var lineCount: Int {
    if let lines = content.lines { return lines.count }
    return kind == .empty ? 1 : HexDump(bytesPerLine, size: bytes.count).lineCount
  }

  /// The line at `index`, counted from 0; an empty line when there is none.
  /// - Parameter prefix: The bytes of the payload after which no further token is added: a narrow pane need not pay for a long line.
  public func line(_ index: Int, prefix: Int = .max) -> Line {
    if let lines = content.lines { return lines.line(index, prefix: prefix, of: bytes) }
    if kind == .empty { return index == 0 ? Line([Line.Span("no bytes", .dim)]) : Line() }
    return HexDump(bytesPerLine, size: bytes.count).line(index, of: bytes)
  }

  /// The line that shows the byte at `offset`, to step to a match or a problem; the last one when `offset` is past the end.
  public func lineIndex(containing offset: Int) -> Int {
    if let lines = content.lines { return lines.line(containing: max(0, offset), of: bytes) }
    return min(max(0, offset) / bytesPerLine, lineCount - 1)
  }

  /// The lines at `range` that exist, as many as a pane has rows; `prefix` as for `line`.
  public func lines(_ range: Range<Int>, prefix: Int = .max) -> [Line] {
    range.clamped(to: 0..<lineCount).map { line($0, prefix: prefix) }
  }
}
