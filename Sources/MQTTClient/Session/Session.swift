import MQTT
import NIOCore

/// One client's dealings with one broker, over any number of connections: everything but bytes, sockets and clocks.
///
/// Whatever happens comes in as a call with the time of a monotonic clock in nanoseconds, and what has to be done about
/// it goes out as a list of `Output`, to be carried out in order. So a protocol exchange is a test without a network.
///
///     stopped ──start──▶ opening ──opened──▶ asking ──CONNACK──▶ connected
///        ▲                  ▲ │                 │                    │
///        │                  │ └────closed───────┴──▶ closing ◀───────┘   we close: the end is told when it is reached
///        │   waiting ──tick─┘                           │
///        │      ▲                                       ▼
///        └──────┴──────────────── ended ◀───────────────┘                policy: again after a wait, or not
///
/// What outlives a connection is here: deliveries under way, packet identifiers, subscriptions, messages that wait.
/// What outlives the program as well is told as `record`, and comes back by `restore`. What ends with the connection is in
/// `Link`. At most one connection exists at a time, and nothing is sent in `closing`.
///
/// The parts are in extensions: `Connect` asks for a connection, `Authenticate` proves who we are in it, `Resend` takes up
/// the deliveries of an earlier one, `End` closes and decides what follows, `Move` goes elsewhere, `Receive` takes packets
/// in, `Take` hands messages over, `Publish` and `Subscribe` carry out requests, `Journal` says what is kept.
struct Session: Equatable, Sendable {
  /// Something to do, in order.
  enum Output: Equatable, Sendable {
    /// Connect to the endpoint, to speak this version; answered by `opened` or `closed`.
    case open(ProtocolVersion)
    /// Send a packet.
    case send(Packet)
    /// Send PUBACK for each of these identifiers.
    case acknowledge([UInt16])
    /// Write down before what follows is sent.
    case record(JournalEntry)
    /// Tell the owner.
    case post(Event)
    /// Close when everything is sent, or give up connecting; answered by `closed`.
    case close
    /// Close at once; answered by `closed`.
    case abort
  }

  enum Phase: Equatable, Sendable {
    case stopped
    case waiting(until: Int64)
    case opening
    case asking(since: Int64)
    case connected
    case closing(Disconnection.Reason, then: Next, deadline: Int64)
  }

  /// What follows an end that we caused.
  enum Next: Equatable, Sendable { case decide, reopen, stop }

  var configuration: Configuration
  var phase = Phase.stopped
  /// The version in use, or the next one to try.
  var version: ProtocolVersion
  /// Whether a broker has accepted `version`.
  var isSettled = false
  /// Failures in a row.
  var failures = 0
  /// How often in a row the broker closed without a word soon after it had accepted us.
  var duels = 0
  var random: SplitMix
  /// The exchange of AUTH that is under way.
  var scram: Scram?

  var link = Link()
  /// What carries the connection.
  var transport = Transport()
  /// Whether the broker may hold a session that belongs to the state here.
  var isHeld = false
  /// The identifier that the broker chose for a session that it keeps.
  var assignedClientID: String?
  var identifiers = PacketIdentifiers()
  var inFlight: [UInt16: InFlight] = [:]
  /// How many deliveries were begun, which is their order.
  var deliveries = 0
  /// Deliveries to be sent again when the broker accepts more.
  var held = CircularBuffer<UInt16>()
  var inbound = InboundDelivery()
  var untaken = Untaken()
  /// How many messages of QoS 2 the owner has had, in this run and those before it.
  var taken: UInt64 = 0
  /// The last request that was sent as a delivery.
  var lastRequest: RequestID = 0
  var waiting = WaitingLine()
  var pending: [UInt16: Pending] = [:]
  /// Questions that wait for a packet identifier.
  var questions = CircularBuffer<Pending>()
  /// The subscriptions that are made on a new session.
  var wanted: [Wanted]
  /// The subscriptions that the broker has granted in this one.
  var standing: [Wanted] = []

  /// A session that is not started; `seed` decides about the waits between attempts.
  init(_ configuration: Configuration, seed: UInt64) {
    self.configuration = configuration
    random = SplitMix(seed: seed)
    wanted = configuration.subscriptions.map { Wanted(subscription: $0, properties: []) }
    version = if case .only(let version) = configuration.protocolChoice { version } else { .v5 }
  }

  /// When `tick` has to be called next; nil if nothing is awaited.
  var deadline: Int64? {
    switch phase {
    case .stopped, .opening: nil
    case .waiting(let until): until
    case .asking(let since): since + configuration.connectTimeout.nanoseconds
    case .connected: link.keepAlive.deadline
    case .closing(_, _, let deadline): deadline
    }
  }

  /// Whether what arrives is to be read.
  var isListening: Bool {
    switch phase {
    case .asking, .connected: true
    case .stopped, .waiting, .opening, .closing: false
    }
  }

  /// Whether the broker owes us an answer or waits for one, so that the next read should not be put off.
  var awaitsAnswer: Bool {
    phase != .connected || !inFlight.isEmpty || !pending.isEmpty || !untaken.isEmpty || link.keepAlive.awaitsAnswer
  }

  /// Time has passed.
  mutating func tick(at now: Int64) -> [Output] {
    guard let deadline, now >= deadline else { return [] }
    switch phase {
    case .stopped, .opening: return []
    case .waiting: return open(at: now)
    case .asking:
      return close(.timedOut(.connack, configuration.connectTimeout.nanoseconds), .unspecifiedError, at: now)
    case .closing: return [.abort]
    case .connected:
      switch link.keepAlive.due(at: now) {
      case .ping: return ping(at: now)
      case .lost:
        return close(.keepAliveLost(UInt16(link.keepAlive.interval / 1_000_000_000)), .unspecifiedError, at: now)
      case nil: return []
      }
    }
  }

  /// Carries out a request of the owner.
  mutating func perform(_ request: Request, at now: Int64) -> [Output] {
    switch request {
    case .publish(let id, let message): publish(message, for: id, at: now)
    case .subscribe(let id, let subscriptions, let properties):
      subscribe(to: subscriptions, properties, for: id, at: now)
    case .unsubscribe(let id, let filters, let properties): unsubscribe(from: filters, properties, for: id, at: now)
    case .taken(let count): take(count, at: now)
    case .ping: phase == .connected ? ping(at: now) : []
    case .authenticate(let code, let properties): authenticate(code, properties, at: now)
    case .reauthenticate: reauthenticate(at: now)
    case .rename(let clientID): rename(to: clientID, at: now)
    case .trace: []  // the shell's
    case .reconnect: reconnect(at: now)
    case .disconnect(let code, let properties): disconnect(Disconnect(code, properties: properties), at: now)
    }
  }

  private mutating func ping(at now: Int64) -> [Output] {
    link.keepAlive.pinged(at: now)
    return [.send(.pingreq)]
  }

  /// A packet to send, which also tells the broker that we are alive.
  mutating func send(_ packet: Packet, at now: Int64) -> Output {
    link.keepAlive.sent(at: now)
    return .send(packet)
  }
}
