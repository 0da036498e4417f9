/// The messages of QoS 2 that were received and not yet released, by packet identifier.
///
/// A message that comes again before its PUBREL is the same message and is not delivered again.
///
/// Source: MQTT 5.0, 4.3.3.
public struct InboundDelivery: Equatable, Sendable {
  private var unreleased: Set<UInt16> = []

  /// Nothing is under way.
  public init() {}

  /// How many messages wait for their PUBREL.
  public var count: Int { unreleased.count }

  /// Whether this delivery is under way.
  public func contains(_ id: UInt16) -> Bool { unreleased.contains(id) }

  /// Takes a PUBLISH in; whether it is to be delivered [MQTT-4.3.3-10].
  public mutating func receive(_ id: UInt16) -> Bool { unreleased.insert(id).inserted }

  /// Takes a PUBREL in; the code of the PUBCOMP that answers it, known or not [MQTT-4.3.3-11].
  public mutating func release(_ id: UInt16) -> ReasonCode {
    unreleased.remove(id) == nil ? .packetIdentifierNotFound : .success
  }

  /// Ends a delivery that we refused with PUBREC, after which no PUBREL comes.
  public mutating func refuse(_ id: UInt16) { unreleased.remove(id) }

  /// The deliveries that are under way, in the order of their numbers.
  public var identifiers: [UInt16] { unreleased.sorted() }

  /// Forgets everything, when the session ends.
  public mutating func removeAll() { unreleased.removeAll() }
}
