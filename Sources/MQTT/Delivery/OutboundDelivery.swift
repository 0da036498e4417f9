/// The handshake of one message on its way out at QoS 1 or 2, by what it waits for.
///
/// The state outlives the connection; what is sent again after a reconnection follows from it.
///
/// Source: MQTT 5.0, 4.3 and 4.4.
public enum OutboundDelivery: Equatable, Sendable {
  /// QoS 1: PUBLISH was sent.
  case awaitingPuback
  /// QoS 2: PUBLISH was sent.
  case awaitingPubrec
  /// QoS 2: PUBREC came, and the message belongs to the receiver.
  case awaitingPubcomp

  /// An answer of the receiver.
  public enum Answer: Equatable, Sendable {
    /// The end of QoS 1.
    case puback(ReasonCode)
    /// The first answer of QoS 2.
    case pubrec(ReasonCode)
    /// The end of QoS 2.
    case pubcomp(ReasonCode)
  }

  /// What follows from an answer.
  public enum Step: Equatable, Sendable {
    /// PUBREL is due, whether for the first time or again.
    case release
    /// The exchange is over, and the packet identifier is free.
    case finished(ReasonCode)
    /// The answer does not belong to this QoS or not to this moment.
    case unexpected
  }

  /// A message that was sent; nil at QoS 0, which has no handshake.
  public init?(_ qos: QoS) {
    switch qos {
    case .atMostOnce: return nil
    case .atLeastOnce: self = .awaitingPuback
    case .exactlyOnce: self = .awaitingPubrec
    }
  }

  /// Takes an answer in.
  public mutating func receive(_ answer: Answer) -> Step {
    switch (self, answer) {
    case (.awaitingPuback, .puback(let code)): return .finished(code)
    case (.awaitingPubcomp, .pubcomp(let code)): return .finished(code)
    case (.awaitingPubrec, .pubrec(let code)), (.awaitingPubcomp, .pubrec(let code)):
      // A refused message is not released [MQTT-4.3.3-4]
      if code.isError { return .finished(code) }
      self = .awaitingPubcomp
      return .release
    case (.awaitingPuback, _), (.awaitingPubrec, _), (.awaitingPubcomp, .puback): return .unexpected
    }
  }
}
