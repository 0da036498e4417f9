import MQTT
import NIOCore

/// A broker: everything but bytes, sockets and clocks.
///
/// Whatever happens comes in as a call with the time of a monotonic clock in nanoseconds, and what has to be done about
/// it is appended to `outputs`, to be carried out in order. The list is a property and not a result, so that a message
/// to a hundred subscribers allocates none. So a conversation of any number of clients is a test without a network.
///
///     free ──opened──▶ opened ──CONNECT──▶ connected ──error, DISCONNECT, take-over──▶ closing ──closed──▶ free
///                         └──▶ authenticating ──▲  └──────────────────closed─────────────────────────────▲
///
/// Connections and sessions have places in arrays and name each other by them. A session without a connection keeps what
/// comes at QoS 1 and 2, until it ends. A message is one `StoredMessage` however many queues hold it; what differs from
/// receiver to receiver is a `MessageCopy`.
///
/// **Bounds.** A connection has `credit`: bytes that may be handed over before the shell says `sent`. Without credit
/// everything waits in the session's queue, whose bound is in bytes and in messages; beyond it messages are dropped and
/// counted. So a subscriber that does not read costs itself its messages and the broker a fixed amount of memory.
///
/// **Keeping.** If asked to, it tells each change of what outlives it in `changes`, before the outputs that promise it; and
/// `restore` takes up what was kept. So the state knows no disk, and a crash is a test without one.
///
/// The parts are in extensions: `Connections` knows who is there, `Connect` accepts a client, `End` lets it go, `Receive`
/// takes packets in and `Publish` messages, `Gather` finds who gets one, `Deliver` hands it over, `Acknowledge` ends
/// deliveries, `Keep` tells changes, `Subscribe`, `System`.
struct BrokerState: Equatable, Sendable {
  /// Something to do, in order.
  enum Output: Equatable, Sendable {
    /// Send a packet.
    case send(Packet, to: Int)
    /// Send a message.
    case deliver(MessageCopy, to: Int)
    /// Close when everything before is sent; answered by `closed`.
    case close(Int)
  }

  var limits: BrokerLimits
  var access: Access
  var outputs: [Output] = []
  /// Whether changes of what outlives the broker are told, and those that nobody has taken yet.
  let isKeeping: Bool
  var changes: [Change] = []
  /// How much more can be kept.
  var room = Room.enough
  var connections: [Connection] = []
  /// Connections that are open, and those among them whose clients were accepted.
  var openCount = 0
  var connectedCount = 0
  var sessions: [Session] = []
  var sessionByClient: [[UInt8]: Int] = [:]
  var subscriptions: SubscriptionTree
  var retained: RetainedStore
  /// The client for which as many messages waited as may, before there was another.
  var firstFull: [UInt8]?
  /// Whether there ever were as many retained messages as may be.
  var hasRefusedRetained = false
  var statistics = Statistics()

  var freeSessions: [Int] = []
  /// Counts messages that wait or are under way, which is their order.
  var deliveries = 0
  /// Counts messages, to know which session was met for the one at hand.
  var stamp = 0
  /// Places that are used again for each message.
  var hits: [Int32] = []
  var targets: [Target] = []
  /// Sessions whose clients take messages, but not as fast as they come.
  var pressed: [Int] = []
  /// When retained messages are looked through for those that have expired.
  var retainedDueAt: Int64
  /// When `$SYS` is published next, and what it said last.
  var systemDueAt: Int64
  var saidOfSystem: [String: String] = [:]
  var load = Load()
  let startedAt: Int64

  init(
    limits: BrokerLimits = BrokerLimits(), access: Access = Access(), isKeeping: Bool = false, seed: UInt64,
    at now: Int64 = 0
  ) {
    self.limits = limits
    self.access = access
    self.isKeeping = isKeeping
    var random = SplitMix(seed: seed)
    subscriptions = SubscriptionTree(seed: random.next())
    retained = RetainedStore(seed: random.next())
    startedAt = now
    systemDueAt = now
    retainedDueAt = now
  }

  /// Takes what has to be done, and leaves room for more.
  mutating func takeOutputs(into list: inout [Output]) {
    swap(&outputs, &list)
    outputs.removeAll(keepingCapacity: true)
  }
}
