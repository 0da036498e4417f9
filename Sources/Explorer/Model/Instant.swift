/// A moment on both clocks, in nanoseconds.
package struct Instant: Equatable, Sendable {
  /// Since 1970; what is shown.
  package var wall: Int64
  /// Of a clock that never goes back; what is counted with.
  package var monotonic: Int64

  /// A moment.
  package init(wall: Int64, monotonic: Int64) {
    self.wall = wall
    self.monotonic = monotonic
  }
}
