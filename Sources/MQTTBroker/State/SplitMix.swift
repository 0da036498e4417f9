/// A small source of random numbers that is a value, so that a broker with the same seed does the same.
struct SplitMix: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The number that comes next, which stays the next.
  var peek: UInt64 {
    var copy = self
    return copy.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
