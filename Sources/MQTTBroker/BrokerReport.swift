/// What a broker says to whoever runs it.
package enum BrokerReport: Sendable {
  /// There is more or less room to keep things than before; `reason` says why nothing can be kept.
  case room(Room, reason: String?)
  /// What is kept cannot even be read: the broker has ended.
  case lost(String)
  /// No connection can be accepted for the moment, by the system's words.
  case notAccepting(String)
  /// A retained message was refused, for there are as many as may be. It is said once.
  case retainedFull
}
