/// What a broker's changes are kept in, across its end. It lives on the broker's event loop.
package protocol BrokerStore: AnyObject {
  /// All that is kept.
  ///
  /// - Parameter now: the broker's clock.
  func load(at now: Int64) throws -> Kept

  /// Keeps changes, all or none, so that not even a power cut undoes them.
  func commit(_ changes: [Change], at now: Int64) throws

  /// Finds out whether anything can be kept, after it could not.
  func probe() throws

  /// Notes that the broker is there, about once a second.
  func beat()

  /// Whether there is room for more.
  var hasRoom: Bool { get }

  /// Ends in order.
  func close()
}

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
