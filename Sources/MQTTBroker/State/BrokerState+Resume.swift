import MQTT
import NIOCore  // or `append` would be that of all collections, which copies a ring

/// Deliveries of an earlier connection, which go on in the next one. Source: MQTT 5.0, 4.4.
extension BrokerState {
  /// Sends a message of an earlier connection again [MQTT-4.4.0-1]; false if it has to wait.
  mutating func sendAgain(_ id: UInt16, of session: Int, on place: Int, at now: Int64) -> Bool {
    guard var flight = sessions[session].inFlight[id], flight.delivery != .awaitingPubcomp else { return true }
    guard connections[place].quota > 0 else { return false }
    flight.copy.isDuplicate = true
    if hand(flight.copy, to: place, at: now) {
      connections[place].quota -= 1
      sessions[session].inFlight[id] = flight
    } else {
      finish(id, of: session)
    }
    return true
  }

  /// Goes on with the deliveries of an earlier connection, in their order.
  mutating func resume(_ session: Int, on place: Int, at now: Int64) {
    if let rights = sessions[session].rights { dropUnreadable(of: session, by: rights) }
    let order = sessions[session].inFlight.sorted { $0.value.number < $1.value.number }
    for (id, flight) in order {
      if flight.delivery == .awaitingPubcomp {
        connections[place].quota -= 1  // it counts until PUBCOMP comes [MQTT-3.3.4-9]
        acknowledge(.pubrel, id, .success, to: place)
      } else {
        sessions[session].resend.append(id)
      }
    }
    drain(session, at: now)
  }

  /// Drops what waits for a client that may not read it any more: the session has another user now, or there are other
  /// rules.
  private mutating func dropUnreadable(of session: Int, by rights: AccessRights) {
    let dropped = sessions[session].takeQueued { copy in !copy.message.withTopic { rights.mayRead($0) } }
    keepEnd(of: dropped, session)
    for (id, flight) in sessions[session].inFlight where flight.delivery != .awaitingPubcomp {
      if !mayRead(flight.copy.message, session) { finish(id, of: session) }
    }
  }
}
