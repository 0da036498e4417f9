/// A header or a `key = value` of a TOML document, and where it stands: everything is a place in the document's bytes.
struct TOMLStatement: Equatable, Sendable {
  /// One part of a dotted key.
  struct Segment: Equatable, Sendable {
    var name: String
    var place: Range<Int>
  }

  enum Kind: Equatable, Sendable {
    /// `[a.b]`, or `[[a.b]]`, which may stand again.
    case header(isArray: Bool)
    /// The place is that of the value without what stands before and behind it.
    case value(Range<Int>)
  }

  var kind: Kind
  /// The path of the header that it stands under.
  var base: [String]
  var segments: [Segment]
  /// Its lines with their ends.
  var lines: Range<Int>

  /// The whole path, from the top of the document.
  var path: [String] { base + segments.map(\.name) }

  var isHeader: Bool { if case .header = kind { true } else { false } }
}
