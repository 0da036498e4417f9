/// Where and why a text is not what it seems to be.
public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
  /// One sentence without the place, such as "A string is not closed."
  public var sentence: String
  /// Counted from 1; lines end with a line feed.
  public var line: Int
  /// Counted from 1 in Unicode scalars; each byte that is not UTF-8 counts as one.
  public var column: Int
  /// Counted from 0 in bytes.
  public var offset: Int

  /// A sentence and its place.
  public init(_ sentence: String, line: Int, column: Int, offset: Int) {
    self.sentence = sentence
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// The place and the sentence, for one line on screen.
  public var description: String {
    "Line \(line), column \(column) (offset \(offset)): \(sentence)"
  }
}
