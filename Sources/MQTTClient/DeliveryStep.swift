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
  /// PUBCOMP came: the end of QoS 2.
  case completed(ReasonCode, Properties)
  /// The request is over without an answer.
  case failed(RequestError)
}

/// Why a publish waits.
public enum WaitingReason: Equatable, Sendable {
  /// The broker takes only so many deliveries at once, and so many are under way.
  case receiveMaximum(UInt16)
  /// All packet identifiers are in use.
  case packetIdentifiers
  /// The network takes no more bytes at the moment.
  case network
}

extension WaitingReason: CustomStringConvertible {
  /// A phrase that continues “waiting: ”.
  public var description: String {
    switch self {
    case .receiveMaximum(let maximum): "the broker accepts \(maximum) unfinished deliveries at once"
    case .packetIdentifiers: "all packet identifiers are in use"
    case .network: "the network is slower than we are"
    }
  }
}
