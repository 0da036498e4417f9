import MQTT

/// What outlives a broker: all that a `BrokerState` needs to go on where another one was ended, however suddenly.
///
/// Times are those of the broker's clock, as in `BrokerState`; whoever keeps them elsewhere turns them into the time of
/// day, which goes on while there is no broker.
package struct Kept: Equatable, Sendable {
  /// A session, or a client whose will alone is kept.
  package struct Session: Equatable, Sendable {
    package let clientID: [UInt8]
    package var username: String?
    /// Seconds that it outlives its connection; 0 if only its will is kept, `UInt32.max` is for ever.
    package var expiry: UInt32
    /// When it ends; nil while its client is connected, `Int64.max` is never.
    package var endsAt: Int64?
    package var pendingWill: PendingWill?

    package init(
      clientID: [UInt8], username: String?, expiry: UInt32, endsAt: Int64?, pendingWill: PendingWill?
    ) {
      (self.clientID, self.username, self.expiry) = (clientID, username, expiry)
      (self.endsAt, self.pendingWill) = (endsAt, pendingWill)
    }
  }

  /// A will, and when it is due; `Int64.max` while the client is connected.
  package struct PendingWill: Equatable, Sendable {
    package let message: Will
    package var dueAt: Int64

    package init(message: Will, dueAt: Int64) { (self.message, self.dueAt) = (message, dueAt) }
  }

  /// A subscription of a session.
  package struct Subscription: Equatable, Sendable {
    package let clientID: [UInt8]
    /// The name of the share; empty for a subscription of one's own.
    package let share: [UInt8]
    /// The filter without the share.
    package let filter: [UInt8]
    package let qos: QoS
    package let noLocal: Bool
    package let retainAsPublished: Bool
    /// The subscription identifier; 0 for none.
    package let identifier: UInt32

    package init(
      clientID: [UInt8], share: [UInt8], filter: [UInt8], qos: QoS, noLocal: Bool, retainAsPublished: Bool,
      identifier: UInt32
    ) {
      (self.clientID, self.share, self.filter, self.qos) = (clientID, share, filter, qos)
      (self.noLocal, self.retainAsPublished, self.identifier) = (noLocal, retainAsPublished, identifier)
    }
  }

  /// A retained message, and who published it if that is remembered.
  package struct Retained: Equatable, Sendable {
    package let message: StoredMessage
    package let publisher: Publisher?

    package init(message: StoredMessage, publisher: Publisher?) {
      (self.message, self.publisher) = (message, publisher)
    }
  }

  /// A message of QoS 1 or 2 that waits for a session or is under way to it.
  package struct Delivery: Equatable, Sendable {
    package let clientID: [UInt8]
    /// Its place in the order of all deliveries.
    package let number: Int
    package let message: StoredMessage
    package let qos: QoS
    package let isRetained: Bool
    /// The identifiers of the subscriptions that it came by.
    package let identifiers: [UInt32]
    /// The number of the delivery on the wire; 0 while the message waits.
    package var packetID: UInt16
    /// Whether the client has it, and PUBREL is what is sent again.
    package var isReceived: Bool

    package init(
      clientID: [UInt8], number: Int, message: StoredMessage, qos: QoS, isRetained: Bool, identifiers: [UInt32],
      packetID: UInt16, isReceived: Bool
    ) {
      (self.clientID, self.number, self.message, self.qos) = (clientID, number, message, qos)
      (self.isRetained, self.identifiers) = (isRetained, identifiers)
      (self.packetID, self.isReceived) = (packetID, isReceived)
    }
  }

  /// A message of QoS 2 that a client has sent and not released yet.
  package struct Receipt: Equatable, Sendable {
    package let clientID: [UInt8]
    package let packetID: UInt16
    package let message: StoredMessage

    package init(clientID: [UInt8], packetID: UInt16, message: StoredMessage) {
      (self.clientID, self.packetID, self.message) = (clientID, packetID, message)
    }
  }

  package var sessions: [Session] = []
  package var subscriptions: [Subscription] = []
  package var retained: [Retained] = []
  /// In the order of their numbers.
  package var deliveries: [Delivery] = []
  package var receipts: [Receipt] = []
  /// When the connections ended of those who were connected.
  package var endedAt: Int64 = 0

  /// Nothing.
  package init() {}
}
