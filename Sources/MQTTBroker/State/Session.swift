import MQTT
import NIOCore

/// What outlives the connections of one client. Source: MQTT 5.0, 4.1.
struct Session: Equatable, Sendable {
  /// A message that waits.
  struct Queued: Equatable, Sendable {
    let copy: MessageCopy
    /// How much of the bound it takes.
    let size: Int
    /// Its place in the order of all deliveries.
    let number: Int
  }

  /// A delivery under way to the client.
  struct InFlight: Equatable, Sendable {
    var copy: MessageCopy
    var delivery: OutboundDelivery
    /// Its place in the order of all deliveries.
    let number: Int
    let size: Int
  }

  /// A message of QoS 2 that the client has not released yet.
  struct Unreleased: Equatable, Sendable {
    let message: StoredMessage
  }

  /// A will, and when it is due: `Int64.max` while the client is connected.
  struct Testament: Equatable, Sendable {
    let will: Will
    var dueAt = Int64.max
  }

  let clientID: [UInt8]
  /// The place of the connection; -1 without one.
  var connection = -1
  /// Seconds that the session outlives its connection; `UInt32.max` is for ever.
  var expiry: UInt32 = 0
  /// When it ends, while there is no connection.
  var endsAt = Int64.max
  var username: String?
  /// What its client may do; nil is everything.
  var rights: AccessRights?
  var subscriptions: [FilterKey: Subscriber] = [:]
  var testament: Testament?

  var queue = CircularBuffer<Queued>()
  var identifiers = PacketIdentifiers()
  var inFlight: [UInt16: InFlight] = [:]
  /// Deliveries of an earlier connection that are to be sent again.
  var resend = CircularBuffer<UInt16>()
  var unreleased: [UInt16: Unreleased] = [:]
  /// Bytes of all that waits and is under way.
  var kept = 0

  /// Whether it is kept beyond the end of the broker, with its messages; or only its client's will is.
  var isKept = false
  var isRecorded = false
  /// Whether it is among the pressed.
  var isPressed = false
  /// Which message was matched with this session last, and where among its targets.
  var stamp = 0
  var target = 0

  init(clientID: [UInt8]) { self.clientID = clientID }
}
