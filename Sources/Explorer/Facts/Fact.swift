/// One thing that is known of the session or the broker, and what it means.
struct Fact: Equatable, Sendable {
  let name: String
  let value: String
  /// A sentence for the person who has not read the standard.
  let meaning: String
  /// It is worth a look: it limits us, or is not what was asked for.
  var isLimiting = false

  init(_ name: String, _ value: String, _ meaning: String, isLimiting: Bool = false) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.isLimiting = isLimiting
  }
}
