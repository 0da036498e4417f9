/// How much of what comes a broker can keep.
package enum Room: Equatable, Sendable {
  /// All.
  case enough
  /// So little that nothing new is taken on, while what is kept already is delivered.
  case little
  /// None: nothing is done that would have to be kept.
  case none
}
