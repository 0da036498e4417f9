import MQTT

/// What a caller asks of a client. Every request with a number ends in an event that carries it.
public enum Request: Equatable, Sendable {
  /// Publish a message; answered by `Event.delivery`.
  case publish(RequestID, Message)
  /// Subscribe; answered by `Event.subscribed`, or by a failed `Event.delivery` if it cannot be sent.
  case subscribe(RequestID, [Subscription], Properties)
  /// Unsubscribe from filters as they are, subscribed to or not; answered by `Event.unsubscribed` or as above.
  case unsubscribe(RequestID, [String], Properties)
  /// Acknowledge so many messages more of QoS 1 and 2, in the order in which they came, under
  /// `Configuration.acknowledgesWhenTaken`; answered by nothing.
  case taken(Int)
  /// Ask the broker whether it is there; answered by `Event.pong`.
  case ping
  /// Prove again who we are, by `Configuration.authentication`; answered by `Event.authentication` with success, or by the
  /// end of the connection.
  case reauthenticate
  /// Send AUTH; only useful if the properties of CONNECT named an authentication method.
  case authenticate(ReasonCode, Properties)
  /// Tell so much of what passes, from now on; answered by `Event.traced` as packets pass.
  case trace(Tracing)
  /// Connect now: ends a wait, and a connection if there is one.
  case reconnect
  /// Connect under this client identifier from now on: a way out of a duel. What was under way is given up.
  case rename(String)
  /// Send DISCONNECT, close, and stay closed.
  case disconnect(ReasonCode, Properties)
}
