/// A walk through past publishes by ↑ and ↓ from a field: how far back it is, and what was written before it began.
struct Recall: Equatable, Sendable {
  let field: FormField
  let before: PublishDraft
  /// 1 is the newest.
  var distance: Int
}
