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
    /// Whether it was found among the retained messages, which have a bound of their own.
    var isRetained = false
  }

  /// A delivery under way to the client.
  struct InFlight: Equatable, Sendable {
    var copy: MessageCopy
    var delivery: OutboundDelivery
    /// Its place in the order of all deliveries.
    let number: Int
    let size: Int
    var isRetained = false
  }

  /// A will, and when it is due: `Int64.max` while the client is connected.
  struct PendingWill: Equatable, Sendable {
    let message: Will
    var dueAt = Int64.max
  }

  let clientID: [UInt8]
  /// The place of the connection; -1 without one.
  var connection = -1
  /// Seconds that the session outlives its connection; `UInt32.max` is for ever.
  var expiry: UInt32 = 0
  /// When it ends, while there is no connection.
  var endsAt = Int64.max
  var username: String? {
    didSet { if username != oldValue { publisher = nil } }
  }
  /// Who it is to its retained messages, once there was one that may have to be hidden.
  private(set) var publisher: Publisher?
  /// What its client may do; nil is everything.
  var rights: AccessRights?
  private(set) var subscriptions: [FilterKey: Subscriber] = [:]
  /// Bytes of their filters.
  private(set) var filterBytes = 0
  var pendingWill: PendingWill?

  private(set) var queue = CircularBuffer<Queued>()
  /// Messages in the queue that have expired are not looked for before this.
  private(set) var firstExpiry = Int64.max
  var identifiers = PacketIdentifiers()
  var inFlight: [UInt16: InFlight] = [:]
  /// Deliveries of an earlier connection that are to be sent again.
  var resend = CircularBuffer<UInt16>()
  /// Messages of QoS 2 that the client has not released yet.
  var unreleased: [UInt16: StoredMessage] = [:]
  /// Bytes of all that waits and is under way; of those that were found among the retained messages; and of what the client
  /// has not released.
  private(set) var queuedBytes = 0
  private(set) var retainedBytes = 0
  var unreleasedBytes = 0

  /// Whether it is kept beyond the end of the broker, with its messages; or only its client's will is.
  var isPersistent = false
  var isRecorded = false
  /// Whether it is among the pressed.
  var isPressed = false
  /// Which message was matched with this session last, and where among its targets.
  var stamp = 0
  var target = 0

  init(clientID: [UInt8]) { self.clientID = clientID }

  /// Who its retained messages are from.
  mutating func asPublisher() -> Publisher {
    let known = publisher ?? Publisher(username: username, clientID: clientID)
    publisher = known
    return known
  }

  mutating func subscribe(to filter: FilterKey, _ subscriber: Subscriber) {
    if subscriptions.updateValue(subscriber, forKey: filter) == nil { filterBytes += filter.topics.count }
  }

  mutating func unsubscribe(from filter: FilterKey) {
    if subscriptions.removeValue(forKey: filter) != nil { filterBytes -= filter.topics.count }
  }

  /// Counts what waits or is under way.
  mutating func hold(_ size: Int, isRetained: Bool = false) {
    if isRetained { retainedBytes += size } else { queuedBytes += size }
  }

  /// Counts it no more.
  mutating func release(_ size: Int, isRetained: Bool) { hold(-size, isRetained: isRetained) }

  /// Lets a message wait behind all others.
  mutating func append(_ queued: Queued) {
    queue.append(queued)
    hold(queued.size, isRetained: queued.isRetained)
    firstExpiry = min(firstExpiry, queued.copy.message.expiresAt ?? .max)
  }

  /// Takes the message that has waited for longest. It counts as before.
  mutating func popFirst() -> Queued? { queue.popFirst() }

  /// Takes all messages of which something is true, and counts them no more.
  mutating func takeQueued(where isTaken: (MessageCopy) -> Bool) -> [Queued] {
    var (rest, taken) = (CircularBuffer<Queued>(), [Queued]())
    for queued in queue {
      if isTaken(queued.copy) { taken.append(queued) } else { rest.append(queued) }
    }
    queue = rest
    for queued in taken { release(queued.size, isRetained: queued.isRetained) }
    firstExpiry = rest.reduce(.max) { min($0, $1.copy.message.expiresAt ?? .max) }
    return taken
  }

  /// Takes the messages that have expired. They are not looked for again within a second, however many there are then.
  mutating func takeExpired(at now: Int64) -> [Queued] {
    let expired = takeQueued { $0.message.isExpired(at: now) }
    firstExpiry = max(firstExpiry, now + 1_000_000_000)
    return expired
  }

  /// How much of the bound a message that waits takes: its bytes, and what holds them.
  static func cost(of copy: MessageCopy) -> Int { copy.message.size + 64 }

  /// Whether more may wait or be under way; one message may always, however large it is.
  func hasRoom(for size: Int, isRetained: Bool = false, _ limits: BrokerLimits) -> Bool {
    let (held, bound) = isRetained ? (retainedBytes, limits.retainedBytes) : (queuedBytes, limits.queuedBytes)
    return held == 0 || held + size <= bound
  }

  /// Whether one more message of QoS 2 may be held for the client; what waits for it does not count, or a full queue would
  /// keep it from ever sending again what it has begun.
  func hasRoomToReceive(_ message: StoredMessage, _ limits: BrokerLimits) -> Bool {
    unreleased.isEmpty || unreleasedBytes + message.size <= limits.queuedBytes
  }
}
