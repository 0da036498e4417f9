import MQTT

/// A step of a publish on its way to the broker.
///
/// QoS 0: `sent`. QoS 1: `sent`, `acknowledged`. QoS 2: `sent`, `received`, `released`, `completed`.
/// `queued` may come before `sent`, `sent` again after a reconnection, and `failed` at any point instead of the rest.
public enum DeliveryStep: Equatable, Sendable {
  /// It waits, for the reason given.
  case queued(WaitingReason)
  /// PUBLISH went out, with this packet identifier (0 at QoS 0), again if it is a duplicate.
  case sent(packetID: UInt16, isDuplicate: Bool)
  /// PUBACK came: the end of QoS 1, good or bad.
  case acknowledged(ReasonCode, Properties)
  /// PUBREC came; an error code is the end.
  case received(ReasonCode, Properties)
  /// PUBREL went out.
  case released
  /// PUBCOMP came: the end of QoS 2. It is a success too if the broker, asked again on a later connection, knows nothing of it
  /// any more. Source: MQTT 5.0, 3.7.2.1.
  case completed(ReasonCode, Properties)
  /// The request is over without an answer.
  case failed(RequestError)
}
