/// What a broker says to whoever runs it.
package enum BrokerReport: Sendable {
  /// There is more or less room to keep things than before; `reason` says why nothing can be kept.
  case room(Room, reason: String?)
  /// What is kept cannot even be read: the broker has ended.
  case lost(String)
  /// What is kept was deleted or moved away, by the store's words: the broker has ended.
  case gone(String)
  /// Messages for a client are dropped, for as many wait as may. It is said once.
  case queueFull(clientID: String)
  /// No connection can be accepted for the moment, by the system's words.
  case notAccepting(String)
  /// A retained message was refused, for there are as many as may be. It is said once.
  case retainedFull
}
