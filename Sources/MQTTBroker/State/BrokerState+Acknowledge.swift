import MQTT

/// The handshakes of QoS 1 and 2, from the answers of clients on. Source: MQTT 5.0, 4.3.
extension BrokerState {
  /// PUBACK, PUBREC or PUBCOMP came.
  mutating func receive(
    _ answer: OutboundDelivery.Answer, _ id: UInt16, from place: Int, of session: Int, at now: Int64
  ) {
    guard var flight = sessions[session].inFlight[id] else {
      // An answer to nothing; only PUBREC waits for something
      if case .pubrec(let code) = answer, !code.isError {
        acknowledge(.pubrel, id, .packetIdentifierNotFound, to: place)
      }
      return
    }
    switch flight.delivery.receive(answer) {
    case .release:
      sessions[session].inFlight[id] = flight
      keep(of: session) { _ in .deliveryReceived(flight.number) }
      acknowledge(.pubrel, id, .success, to: place)  // [MQTT-4.3.3-4]
    case .finished:
      finish(id, of: session)
      // What was not sent again yet has taken nothing of the quota
      if let waiting = sessions[session].resend.firstIndex(of: id) {
        sessions[session].resend.remove(at: waiting)
      } else {
        connections[place].quota = min(connections[place].quota + 1, connections[place].receiveMaximum)
      }
      drain(session, at: now)
    case .unexpected: refuse(place, .protocolError, at: now)
    }
  }

  /// A delivery is over, and its number free.
  mutating func finish(_ id: UInt16, of session: Int) {
    guard let flight = sessions[session].inFlight.removeValue(forKey: id) else { return }
    sessions[session].identifiers.free(id)
    sessions[session].release(flight.size, isRetained: flight.isRetained)
    keep(of: session) { _ in .deliveryEnded(flight.number, flight.copy.message) }
  }

  /// PUBREL came: the message of this number goes on to its receivers, once [MQTT-4.3.3-11].
  mutating func release(_ id: UInt16, from place: Int, of session: Int, at now: Int64) {
    guard let message = takeUnreleased(id, of: session) else {
      return acknowledge(.pubcomp, id, .packetIdentifierNotFound, to: place)
    }
    _ = publish(message, from: session, at: now)
    acknowledge(.pubcomp, id, .success, to: place)
  }

  /// Holds a message that the client has not released no longer.
  mutating func takeUnreleased(_ id: UInt16, of session: Int) -> StoredMessage? {
    guard let message = sessions[session].unreleased.removeValue(forKey: id) else { return nil }
    sessions[session].unreleasedBytes -= message.size
    keep(of: session) { .receiptEnded($0, packetID: id, message) }
    return message
  }
}
