import MQTT

extension Session {
  /// Takes up the deliveries of an earlier connection, in their order [MQTT-4.4.0-1] [MQTT-4.6.0-1].
  mutating func resend(at now: Int64) -> [Output] {
    let entries = inFlight.sorted { $0.value.order < $1.value.order }
    return entries.flatMap { id, entry -> [Output] in
      inFlight[id]?.takesQuota = false
      if entry.delivery == .awaitingPubcomp {
        let release = send(.pubrel(Acknowledgement(id)), at: now)
        return [release, .post(.delivery(entry.request, .released, at: now))]
      }
      if let error = obstacleToResending(entry) {
        // The identifier stays in use: the broker may know it until the session ends
        inFlight[id] = nil
        return record(.finished(id)) + fail(entry.request, error, at: now)
      }
      if link.quota > 0 { return sendAgain(id, at: now) }
      held.append(id)
      return [.post(.delivery(entry.request, .queued(.receiveMaximum(link.receiveMaximum)), at: now))]
    }
  }

  /// Sends a delivery again, unless the broker has answered meanwhile, or its identifier is another delivery's by now.
  mutating func sendAgain(_ id: UInt16, at now: Int64) -> [Output] {
    guard let old = inFlight[id], !old.takesQuota, old.delivery != .awaitingPubcomp else { return [] }
    inFlight[id]?.packet.isDuplicate = true  // [MQTT-3.3.1-1]
    inFlight[id]?.takesQuota = true
    guard let entry = inFlight[id] else { return [] }
    link.quota -= 1
    return [send(.publish(entry.packet), at: now), sent(entry.packet, for: entry.request, at: now)]
  }

  private func obstacleToResending(_ entry: InFlight) -> RequestError? {
    if configuration.resending == .never { return .connectionLost }
    if let refusal = link.refusal(of: entry.packet.qos, isRetained: entry.packet.isRetained) { return refusal }
    return problem(with: .publish(entry.packet)).map { .unsendable($0) }
  }
}
