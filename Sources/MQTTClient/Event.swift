import MQTT

/// What a client tells its owner, in the order in which it happened.
public enum Event: Equatable, Sendable {
  /// An attempt to connect begins; attempts are counted from 1 since the last stable connection.
  case connecting(attempt: Int, version: ProtocolVersion, endpoint: Endpoint)
  /// The broker refused a version of the protocol, and another is tried.
  case fellBack(from: ProtocolVersion, to: ProtocolVersion, why: Disconnection.Reason)
  /// The broker accepted us.
  case connected(Connection)
  /// Messages arrived.
  case messages(MessageBatch)
  /// The broker answered a subscribe; without a number it was one of the configuration.
  case subscribed(RequestID?, [Grant], Properties)
  /// The broker answered an unsubscribe.
  case unsubscribed(RequestID, [Removal], Properties)
  /// A request made a step; the time is in nanoseconds of the monotonic clock.
  case delivery(RequestID, DeliveryStep, at: Int64)
  /// The broker answered a ping after this many nanoseconds.
  case pong(roundTrip: Int64)
  /// The broker sent AUTH; answer with `Request.authenticate`.
  case authentication(ReasonCode, Properties)
  /// The file that keeps the session said something.
  case journal(JournalEvent)
  /// Packets passed, as many as `Request.trace` asked to be told of; before what came of them.
  case traced(TraceBatch)
  /// The connection ended, or an attempt to connect did.
  case disconnected(Disconnection)
}
