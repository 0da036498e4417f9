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

  /// The whole path, from the top of the document.
  package var path: [String] { base + segments.map(\.name) }

  package var isHeader: Bool { if case .header = kind { true } else { false } }
}
