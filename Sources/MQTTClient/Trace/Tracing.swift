/// How much of what passes between client and broker is told by `Event.traced`.
public enum Tracing: Equatable, Sendable {
  /// Nothing.
  case nothing
  /// The packets about the connection, its session and its subscriptions, and those of our own messages: few, and worth
  /// keeping for when somebody asks what happened.
  case ours
  /// Every packet, messages and their acknowledgements included.
  case everything
}
