/// What a topic has got since the last settle, and what it shows until the next one.
struct Pending: BitwiseCopyable {
  let topic: UInt32
  /// When the newest of them came, in ticks.
  var tick: UInt32 = 0
  /// Messages of it.
  var count: UInt64 = 0
  /// Bytes of them.
  var bytes: UInt64 = 0
  /// The position of the shown message, or 0 for none yet.
  var shown: UInt64
  /// The badge to be shown, and whether a value was seen retained.
  var retained: RetainedState
  var wasRetained: Bool

  /// Adds one message, with what it says about the topic's retained value.
  @inline(__always)
  mutating func add(_ byteCount: Int, _ flags: MessageFlags, isEmpty: Bool, at tick: UInt32) {
    count += 1
    bytes += UInt64(byteCount)
    self.tick = tick
    if flags.contains(.retain) {
      (retained, wasRetained) = isEmpty ? (.no, false) : (.yes, true)
    } else if flags.contains(.retainAsPublished) {
      retained = .no
    } else {
      retained = wasRetained ? .unknown : .no
    }
  }
}
