/// The drafts of past publishes, oldest first: a bounded list.
struct PublishHistory: Equatable, Sendable {
  private(set) var drafts: [PublishDraft] = []

  static let countLimit = 500
  /// A larger payload is sent, and not remembered.
  static let payloadLimit = 64 << 10

  init(_ drafts: [PublishDraft] = []) {
    self.drafts = Array(drafts.suffix(Self.countLimit))
  }

  static func remembers(_ draft: PublishDraft) -> Bool {
    draft.payload.utf8.count <= payloadLimit
  }

  /// Adds a draft, in place of the same one if it came right before; false when it is too large to be remembered.
  mutating func append(_ draft: PublishDraft) -> Bool {
    guard Self.remembers(draft) else { return false }
    if let last = drafts.last, last.hasSameBytes(as: draft) { drafts.removeLast() }
    drafts.append(draft)
    if drafts.count > Self.countLimit { drafts.removeFirst() }
    return true
  }
}

extension PublishDraft {
  /// Equality by bytes: `==` of strings would take topics for equal that only look alike.
  func hasSameBytes(as other: PublishDraft) -> Bool {
    self == other && topic.utf8.elementsEqual(other.topic.utf8) && payload.utf8.elementsEqual(other.payload.utf8)
  }
}
