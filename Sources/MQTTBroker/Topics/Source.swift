/// Where a retained message comes from, and whether it is shown for that: eight bytes, the rest is shared.
enum Source: Equatable, Sendable {
  /// Nobody is remembered: the message is the broker's own, or of a time without rules. It is shown.
  case unknown
  /// A client that may write the topic.
  case allowed(Publisher)
  /// A client that may not write the topic any more: nobody is sent the message until it may again.
  case hidden(Publisher)

  /// A client that is remembered.
  init(_ publisher: Publisher, mayWrite: Bool) { self = mayWrite ? .allowed(publisher) : .hidden(publisher) }

  /// The client, if it is remembered.
  var publisher: Publisher? {
    switch self {
    case .unknown: nil
    case .allowed(let publisher), .hidden(let publisher): publisher
    }
  }

  var isHidden: Bool {
    if case .hidden = self { true } else { false }
  }
}
