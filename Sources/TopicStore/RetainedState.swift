/// Whether the broker holds the shown value as the topic's retained message.
public enum RetainedState: UInt8, Sendable, BitwiseCopyable {
  /// Live only, or its retained value was deleted: `·`.
  case no
  /// A live update of a topic whose value was once seen retained; the broker did not say: `◇`.
  case unknown
  /// The broker said so: `◆`.
  case yes
}
