/// A moment on both clocks, in nanoseconds.
struct Instant: Equatable, Sendable {
  /// Since 1970; what is shown.
  var wall: Int64
  /// Of a clock that never goes back; what is counted with.
  var monotonic: Int64
}
