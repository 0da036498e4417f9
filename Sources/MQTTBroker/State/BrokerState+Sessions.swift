import MQTT

/// Which session a client gets. Source: MQTT 5.0, 3.1.2.4.
extension BrokerState {
  /// The session of a client: the one that is kept, or a new one; whether it was kept [MQTT-3.1.2-4] [MQTT-3.1.2-5].
  mutating func takeSession(
    _ known: Int?, of clientID: [UInt8], isClean: Bool, at now: Int64
  ) -> (session: Int, isPresent: Bool) {
    guard let known else { return (newSession(clientID), false) }
    let older = sessions[known].connection
    if older >= 0 { pushOut(older, at: now) }
    if let kept = sessionByClient[clientID], !isClean {
      sessions[kept].pendingWill = nil  // [MQTT-3.1.3-9]
      return (kept, true)
    }
    if let ended = sessionByClient[clientID] { end(ended, at: now) }
    return (newSession(clientID), false)
  }

  /// Other users and rules count from now on. Whoever is no user any more, or has another password now, has to come again.
  mutating func use(_ access: Access, at now: Int64) {
    let before = self.access
    self.access = access
    for session in sessions.indices where !sessions[session].clientID.isEmpty {
      sessions[session].rights = access.rights(of: sessions[session].username, clientID: sessions[session].clientID)
    }
    retained.judge(by: access.rules)
    if let users = access.users {
      for place in connections.indices where connections[place].phase == .connected {
        let name = connections[place].username ?? ""
        if users[name] == nil || users[name] != before.users?[name] { refuse(place, .notAuthorized, at: now) }
      }
    }
  }

  mutating func newSession(_ clientID: [UInt8]) -> Int {
    let place: Int
    if let free = freeSessions.popLast() {
      sessions[free] = Session(clientID: clientID)
      place = free
    } else {
      place = sessions.count
      sessions.append(Session(clientID: clientID))
    }
    sessionByClient[clientID] = place
    return place
  }
}
