import MQTT

extension SplitMix {
  /// The number that comes next, which stays the next.
  var peek: UInt64 {
    var copy = self
    return copy.next()
  }
}
