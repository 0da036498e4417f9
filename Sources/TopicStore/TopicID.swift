/// The identity of one level of one topic, stable for the life of the store.
///
/// A branch that never had a message of its own (`home` of `home/light`) has an identity like a topic has.
public struct TopicID: Hashable, Sendable, BitwiseCopyable {
  /// The index of the node: one counts from 1, the invisible root above all first levels is 0.
  let index: UInt32
}
