import MQTT

/// A change of what outlives a broker, told by `BrokerState` as it happens.
///
/// All changes up to an output have to be kept before the output is carried out: then nothing that a client was told is
/// forgotten, whenever the broker ends.
package enum Change: Equatable, Sendable {
  /// A session is new or has changed; this is what it is now.
  case session(Kept.Session)
  /// A session is over, and its subscriptions with it.
  case sessionEnded([UInt8])
  /// A subscription is new, or takes the place of the one with the same filter.
  case subscription(Kept.Subscription)
  case subscriptionEnded([UInt8], share: [UInt8], filter: [UInt8])
  /// A message is retained, in the place of what its topic had.
  case retained(Kept.Retained)
  /// A topic has no retained message any more.
  case retainedEnded([UInt8])
  case delivery(Kept.Delivery)
  /// A message that waited has got its number on the wire.
  case deliveryBegun(Int, packetID: UInt16)
  /// The client has the message, and knows so.
  case deliveryReceived(Int)
  case deliveryEnded(Int, StoredMessage)
  case receipt(Kept.Receipt)
  /// PUBREL came, and the message went on.
  case receiptEnded([UInt8], packetID: UInt16, StoredMessage)
}
