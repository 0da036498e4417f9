/// When to ping, and when a broker that does not answer is given up; times in nanoseconds.
///
/// A ping is due after an interval in which we sent nothing, so that the broker hears us, and after one in which nothing
/// came, so that we notice a line that is dead in one direction. If half an interval later still nothing came, the
/// connection is lost: 1.5 intervals after the last sign of life at the latest.
struct KeepAlive: Equatable, Sendable {
  enum Due: Equatable { case ping, lost }

  /// The interval; 0 is never.
  let interval: Int64
  private var sentAt: Int64
  private var heardAt: Int64
  private var pingedAt: Int64?
  private var isListening = true

  /// A keep alive in seconds that starts now.
  init(seconds: UInt16, at now: Int64) {
    interval = Int64(seconds) * 1_000_000_000
    sentAt = now
    heardAt = now
  }

  /// When `due` has to be asked next; nil if never.
  var deadline: Int64? {
    guard interval > 0 else { return nil }
    // A timer is late rather than early, and the broker counts from the last packet [MQTT-3.1.2-20]
    let ping = sentAt + interval - interval / 20
    guard isListening else { return ping }
    if isUnanswered, let pingedAt { return min(max(pingedAt, heardAt) + interval / 2, ping) }
    return min(ping, heardAt + interval)
  }

  /// What is due now.
  func due(at now: Int64) -> Due? {
    guard let deadline, now >= deadline else { return nil }
    if isListening, isUnanswered, let pingedAt, now >= pingedAt + interval / 2 { return .lost }
    return .ping
  }

  /// Any packet was sent.
  mutating func sent(at now: Int64) { sentAt = now }

  /// Anything was received.
  mutating func heard(at now: Int64) { heardAt = now }

  /// PINGREQ was sent.
  mutating func pinged(at now: Int64) {
    sentAt = now
    // A second ping does not make the answer to the first one late
    if !isUnanswered { pingedAt = now }
  }

  /// PINGRESP was received; how long it took, nil if none was asked for.
  mutating func answered(at now: Int64) -> Int64? {
    defer { pingedAt = nil }
    return pingedAt.map { now - $0 }
  }

  /// We stop reading, so silence says nothing, or start again.
  mutating func listen(_ isListening: Bool, at now: Int64) {
    self.isListening = isListening
    heardAt = now
    if pingedAt != nil { pingedAt = now }
  }

  /// Whether PINGREQ was sent and PINGRESP is due.
  var awaitsAnswer: Bool { pingedAt != nil }

  private var isUnanswered: Bool {
    guard let pingedAt else { return false }
    return heardAt <= pingedAt
  }
}
