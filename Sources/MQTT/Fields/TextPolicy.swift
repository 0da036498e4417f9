/// What the decoder does with text that the standard allows a receiver to refuse.
public enum TextPolicy: Sendable {
  /// Control characters, non-characters and payloads that contradict their format indicator are accepted.
  case accepting
  /// They are refused.
  case strict
}
