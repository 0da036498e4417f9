/// The settled counters of a node and of all below it.
struct Tally: BitwiseCopyable {
  /// Messages of the topic itself.
  var seen: UInt64 = 0
  /// Messages of the branch.
  var messages: UInt64 = 0
  /// Bytes of the branch.
  var bytes: UInt64 = 0
  /// Messages a second of the branch, as of `changed`.
  var rate: Float = 0
  /// When the newest message of the branch came, in ticks.
  var changed: UInt32 = 0
}
