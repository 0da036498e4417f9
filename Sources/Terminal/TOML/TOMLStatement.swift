/// A header or a `key = value` of a TOML document, and where it stands: everything is a place in the document's bytes.
package struct TOMLStatement: Equatable, Sendable {
  /// One part of a dotted key.
  package struct Segment: Equatable, Sendable {
    package var name: String
    package var place: Range<Int>
  }

  package enum Kind: Equatable, Sendable {
    /// `[a.b]`, or `[[a.b]]`, which may stand again.
    case header(isArray: Bool)
    /// The place is that of the value without what stands before and behind it.
    case value(Range<Int>)
  }

  package var kind: Kind
  /// The path of the header that it stands under.
  package var base: [String]
  package var segments: [Segment]
  /// Its lines with their ends.
  package var lines: Range<Int>
  /// The number of its first line, counted from 1.
  package var number: Int
  /// A string of its value has U+0000 in it, written as an escape: the parser gives what stands before that.
  package var hasNUL = false

  /// The whole path, from the top of the document.
  package var path: [String] { base + segments.map(\.name) }

  /// Whether this is what a path leads to, or below it; the same as asking `path`, without making it.
  package func isAt(_ other: [String]) -> Bool {
    guard base.count + segments.count >= other.count else { return false }
    return other.indices.allSatisfy { index in
      (index < base.count ? base[index] : segments[index - base.count].name) == other[index]
    }
  }

  package var isHeader: Bool { if case .header = kind { true } else { false } }
}
