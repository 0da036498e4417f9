/// One line of a document: at most 2,048 bytes of the payload, and the indentation and marks around them.
public struct Line: Equatable, Sendable {
  /// A run of text with one meaning. It may hold control characters: the screen makes those visible.
  public struct Span: Equatable, Sendable {
    /// What to show.
    public var text: String
    /// What it means.
    public var token: Token

    /// Text with its meaning.
    public init(_ text: String, _ token: Token) {
      self.text = text
      self.token = token
    }
  }

  /// From left to right; empty for an empty line.
  public var spans: [Span]
  /// The line goes on with a line that was too long for one.
  public var isContinuation: Bool
  /// Which bytes of the payload the line shows: copy these to copy what was sent.
  public var source: Range<Int>

  /// A line of spans.
  public init(_ spans: [Span] = [], isContinuation: Bool = false, source: Range<Int> = 0..<0) {
    self.spans = spans
    self.isContinuation = isContinuation
    self.source = source
  }

  /// The whole line as it is shown, for searching and copying.
  public var text: String {
    spans.reduce(into: "") { $0 += $1.text }
  }
}
