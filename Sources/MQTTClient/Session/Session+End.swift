import MQTT

extension Session {
  /// How long the broker may take to read our last words.
  static let patience: Int64 = 1_000_000_000
  /// How long what was sent before a goodbye may take to leave, in nanoseconds; who is in a hurry does not wait for it.
  static let patienceWithNetwork: Int64 = 600_000_000_000

  /// All that there was to send before the end has left.
  mutating func written(at now: Int64) {
    guard case .closing(let reason, let next, let deadline) = phase else { return }
    phase = .closing(reason, then: next, deadline: min(deadline, now + Self.patience))
  }

  /// Something of it has not: the end is none that was asked for.
  mutating func cutOff() {
    guard case .closing(.requested, .stop, let deadline) = phase else { return }
    phase = .closing(.closed(wasAccepted: true), then: .stop, deadline: deadline)
  }

  /// The owner wants a new connection now.
  mutating func reconnect(at now: Int64) -> [Output] {
    failures = 0
    duels = 0
    switch phase {
    case .stopped, .waiting: return open(at: now)
    case .opening: return []
    case .asking, .connected: return leave(Disconnect(), .requested, then: .reopen, at: now)
    case .closing(let reason, _, let deadline):
      phase = .closing(reason, then: .reopen, deadline: deadline)
      return []
    }
  }

  /// The owner wants no connection.
  mutating func disconnect(_ packet: Disconnect, at now: Int64) -> [Output] {
    switch phase {
    case .stopped: return []
    case .waiting: return end(.requested, then: .stop, at: now)
    case .asking, .connected: return leave(packet, .requested, then: .stop, at: now)
    case .opening:
      phase = .closing(.requested, then: .stop, deadline: now + Self.patience)
      return [.close]
    case .closing(let reason, _, let deadline):
      phase = .closing(reason, then: .stop, deadline: deadline)
      return []
    }
  }

  /// The broker sent bytes that the standard forbids.
  mutating func receive(_ malformed: MalformedPacket, at now: Int64) -> [Output] {
    close(.malformed(malformed), malformed.reason, at: now)
  }

  /// Who answers is no broker; he would not understand why we go.
  mutating func met(_ stranger: Stranger, at now: Int64) -> [Output] {
    closeInSilence(.notMQTT(stranger), at: now)
  }

  /// The broker sent a packet that the standard forbids at this point.
  mutating func violation(_ code: ReasonCode, _ sentence: String, at now: Int64) -> [Output] {
    close(.protocolError(code, sentence), code, at: now)
  }

  /// Says why, in the version that has words for it, and closes [MQTT-4.13.1-1].
  mutating func close(_ reason: Disconnection.Reason, _ code: ReasonCode, at now: Int64) -> [Output] {
    guard version == .v5 else { return closeInSilence(reason, at: now) }
    return leave(Disconnect(code), reason, then: .decide, at: now)
  }

  /// Closes without a word.
  mutating func closeInSilence(_ reason: Disconnection.Reason, at now: Int64) -> [Output] {
    guard isListening else { return [] }
    phase = .closing(reason, then: .decide, deadline: now + Self.patience)
    return [.close]
  }

  private mutating func leave(
    _ packet: Disconnect, _ reason: Disconnection.Reason, then next: Next, at now: Int64
  ) -> [Output] {
    guard isListening else { return [] }
    let time = reason == .requested && next == .stop ? Self.patienceWithNetwork : Self.patience
    phase = .closing(reason, then: next, deadline: now + time)
    return [.send(.disconnect(sendable(packet))), .close]  // [MQTT-3.14.4-2]
  }

  /// The packet without what the broker would not take: the connection has to end in any case.
  private func sendable(_ packet: Disconnect) -> Disconnect {
    guard version == .v5 else { return Disconnect() }
    var packet = packet
    let isKept = (configuration.properties.sessionExpiryInterval ?? 0) > 0
    // 3.14.2.2.2: a session that was to end with its connection cannot be kept after all
    if !isKept, (packet.properties.sessionExpiryInterval ?? 0) > 0 {
      packet.properties.list.removeAll { if case .sessionExpiryInterval = $0 { true } else { false } }
    }
    return [packet, Disconnect(packet.reasonCode)].first { problem(with: .disconnect($0)) == nil } ?? Disconnect()
  }

  /// A packet could not be encoded. Requests are tried before, so this is about CONNECT, or an answer that is too large
  /// for a broker that accepts next to nothing.
  mutating func unsendable(_ packet: Packet, _ error: EncodingError, at now: Int64) -> [Output] {
    guard case .connect = packet else { return [] }
    return closeInSilence(.unsendable(error), at: now)
  }

  /// There is no network connection any more, or none was made; `reason` is what the network says about it.
  mutating func closed(_ reason: Disconnection.Reason, at now: Int64) -> [Output] {
    switch phase {
    case .stopped, .waiting: []
    case .closing(let ours, let next, _): end(ours, then: next, at: now)
    case .opening: end(reason, then: .decide, at: now)
    case .asking: endUnanswered(reason, at: now)
    case .connected:
      end(reason == .closed(wasAccepted: false) ? .closed(wasAccepted: true) : reason, then: .decide, at: now)
    }
  }

  /// CONNECT was sent and nothing came: the broker may have begun a session for it.
  private mutating func endUnanswered(_ reason: Disconnection.Reason, at now: Int64) -> [Output] {
    if !configuration.cleanStart { isHeld = true }
    return end(reason, then: .decide, at: now)
  }

  private mutating func end(_ plain: Disconnection.Reason, then next: Next, at now: Int64) -> [Output] {
    if next == .decide, let fallback = fallBack(after: plain, at: now) { return fallback }
    let reason = next == .decide ? judge(plain, at: now) : plain
    if configuration.protocolChoice == .automatic, !isSettled { version = .v5 }
    if next == .decide { countFailure(at: now) }
    link = Link()
    held.removeAll()
    let retry = next == .decide ? retryDelay(after: reason) : nil
    var outputs = failPending(at: now)
    if configuration.cleanStart { outputs += dropDeliveries(at: now) }
    if retry == nil, next != .reopen { outputs += failWaiting(at: now) }
    outputs.append(.post(.disconnected(Disconnection(reason, endpoint: configuration.endpoint, retryIn: retry))))
    if next == .reopen { return outputs + open(at: now) }
    phase = retry.map { .waiting(until: now + $0) } ?? .stopped
    return outputs
  }

  /// Tries the older version at once, if the broker does not speak the newer one.
  private mutating func fallBack(after reason: Disconnection.Reason, at now: Int64) -> [Output]? {
    guard configuration.protocolChoice == .automatic, version == .v5, reason.refusesVersion else { return nil }
    if configuration.authentication != nil { return nil }  // which the older version does not have
    // A broker that has spoken 5.0 before and now just closes is restarting
    if isSettled, case .closed = reason { return nil }
    version = .v3_1_1
    isSettled = false
    return [.post(.fellBack(from: .v5, to: .v3_1_1, why: reason))] + open(at: now)
  }

  private mutating func countFailure(at now: Int64) {
    guard case .backoff(let backoff) = configuration.reconnection else { return }
    if let acceptedAt = link.acceptedAt, now - acceptedAt >= backoff.stability.nanoseconds { failures = 0 }
    failures += 1
  }

  private mutating func retryDelay(after reason: Disconnection.Reason) -> Int64? {
    guard case .backoff(let backoff) = configuration.reconnection, reason.mayPass else { return nil }
    return backoff.delay(afterFailures: failures, using: &random)
  }

  /// The session will not be taken up again: what was under way or waited is over.
  mutating func dropDeliveries(at now: Int64) -> [Output] {
    let waited = failWaiting(at: now)
    return forgetDeliveries(.connectionLost, at: now) + waited
  }

  private mutating func failWaiting(at now: Int64) -> [Output] {
    waiting.removeAll().map { .post(.delivery($0.request, .failed(.notConnected), at: now)) }
  }
}
