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

  /// Notes that the broker is there, about once a second; an error if what is kept is gone.
  func beat() throws

  /// Whether there is room for more.
  var hasRoom: Bool { get }

  /// Ends in order.
  func close()
}
