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
/// The parts are in extensions: `Connect` accepts a client, `End` lets it go, `Receive` takes packets in and `Publish`
/// messages, `Gather` finds who gets one, `Deliver` hands it over, `Acknowledge` ends deliveries, `Keep` tells changes,
/// `Subscribe`, `System`.
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
  private(set) var openCount = 0
  private(set) var connectedCount = 0
  var sessions: [Session] = []
  var sessionByClient: [[UInt8]: Int] = [:]
  var subscriptions: SubscriptionTree
  var retained: RetainedStore
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

  /// A connection was made; its place is the shell's choice, and not in use.
  mutating func opened(_ place: Int, at now: Int64) {
    while connections.count <= place { connections.append(Connection()) }
    connections[place] = Connection(heardAt: now, credit: limits.unsentBytes)
    move(place, to: .opened)
    statistics.connectionsMade += 1
    if openCount > limits.connections { close(place) }
  }

  /// A connection of another state, which is closed without a word of ours.
  mutating func inherit(_ place: Int) {
    while connections.count <= place { connections.append(Connection()) }
    move(place, to: .closing)
  }

  /// A connection goes on to its next phase.
  mutating func move(_ place: Int, to phase: Connection.Phase) {
    let old = connections[place].phase
    openCount += (phase == .free ? 0 : 1) - (old == .free ? 0 : 1)
    connectedCount += (phase == .connected ? 1 : 0) - (old == .connected ? 1 : 0)
    connections[place].phase = phase
  }

  /// The client of a connection is not read, so that it cannot be heard either.
  mutating func excuse(_ place: Int, at now: Int64) { connections[place].heardAt = now }

  /// What was handed to a connection is sent, so that it can take more.
  mutating func sent(_ place: Int, at now: Int64) {
    guard connections[place].credit < limits.unsentBytes else { return }
    connections[place].credit = limits.unsentBytes
    connections[place].sentAt = now
    let session = connections[place].session
    if session >= 0 { drain(session, at: now) }
  }

  /// The version that a connection speaks.
  func version(of place: Int) -> ProtocolVersion { connections[place].version }

  mutating func send(_ packet: Packet, to place: Int) {
    let codes =
      switch packet {
      case .suback(let answer): answer.reasonCodes.count
      case .unsuback(let answer): answer.reasonCodes.count
      default: 0
      }
    connections[place].credit -= 8 + codes
    outputs.append(.send(packet, to: place))
  }

  /// Closes a connection; nothing that it says counts from now on.
  mutating func close(_ place: Int) {
    guard connections[place].phase != .closing else { return }
    move(place, to: .closing)
    outputs.append(.close(place))
  }
}

extension BrokerState {
  /// How many bytes a connection may be handed; below zero it owes us to read.
  func credit(of place: Int) -> Int { connections[place].credit }

  /// The largest packet that a client takes.
  func maximumPacketSize(of place: Int) -> Int {
    place >= 0 ? min(connections[place].maximumPacketSize, BrokerLimits.largestPacket) : 0
  }

  /// The broker ends: clients of 5.0 hear of it; their sessions stay to the last.
  mutating func shutDown(at now: Int64) {
    for place in connections.indices {
      switch connections[place].phase {
      case .connected: refuse(place, .serverShuttingDown, at: now)
      case .opened, .authenticating: close(place)
      case .free, .closing: break
      }
    }
  }
}
