import MQTT

extension Session {
  /// The owner wants to be another client: the session of the one that we were is given up.
  mutating func rename(to clientID: String, at now: Int64) -> [Output] {
    // What was asked before what was under way: the identifiers of both are free then
    let outputs = failPending(at: now) + dropDeliveries(at: now)
    configuration.clientID = clientID
    assignedClientID = nil
    configuration.journal = nil  // it is the file of the other session, and stays as it is
    return outputs + reconnect(at: now)
  }

  /// Tells a duel from an accident: two clients of one identifier that both come back put each other out for ever, and
  /// many brokers say nothing about it.
  mutating func judge(_ reason: Disconnection.Reason, at now: Int64) -> Disconnection.Reason {
    guard reason == .closed(wasAccepted: true), let limit = configuration.duelLimit, let acceptedAt = link.acceptedAt,
      case .backoff(let backoff) = configuration.reconnection, now - acceptedAt < backoff.stability.nanoseconds
    else {
      duels = 0
      return reason
    }
    duels += 1
    return duels < limit ? reason : .probablyTakenOver(clientID: clientID, times: duels)
  }
}
