/// How much of what comes a broker can keep.
package enum Room: Equatable, Sendable {
  /// All.
  case enough
  /// So little that nothing new is taken on, while what is kept already is delivered.
  case little
  /// None: nothing is done that would have to be kept.
  case none
}

/// What a broker says about its store while it runs.
package enum StoreReport: Sendable {
  /// There is more or less room than before; `reason` says why nothing can be kept.
  case room(Room, reason: String?)
  /// The store cannot even be read: the broker has ended.
  case lost(String)
}
