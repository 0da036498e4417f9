/// A sentence that stands in the footer until it has been read.
struct Notice: Equatable, Sendable {
  enum Kind: Sendable {
    case information, success, warning, failure
  }

  let kind: Kind
  let sentence: String
  /// When it goes, by the monotonic clock: the time of day may jump.
  let until: Int64

  init(_ kind: Kind, _ sentence: String, at now: Int64) {
    self.kind = kind
    self.sentence = sentence
    let seconds: Int64 = kind == .information || kind == .success ? 4 : 12
    until = now + seconds * 1_000_000_000
  }
}
