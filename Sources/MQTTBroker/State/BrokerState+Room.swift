import MQTT

/// What is refused while there is no room to keep it: nothing is acknowledged that would be forgotten.
extension BrokerState {
  /// Seconds that a session is to outlive its connection.
  func expiry(wantedBy connect: Connect, in version: ProtocolVersion) -> UInt32 {
    // A clean session of 3.1.1 ends with its connection, any other stays [MQTT-3.1.2-6]
    let older: UInt32 = connect.cleanStart ? 0 : .max
    let wanted = version == .v5 ? connect.properties.sessionExpiryInterval ?? 0 : older
    return min(wanted, limits.sessionExpiry ?? .max)
  }

  /// Whether a client cannot be taken in without room: where there is little, those who are kept already can be.
  func needsRoom(_ connect: Connect, in version: ProtocolVersion, known: Int?) -> Bool {
    let isRecorded = known.map { sessions[$0].isRecorded } ?? false
    if isRecorded { return room == .none }
    return connect.will != nil || expiry(wantedBy: connect, in: version) > 0
  }

  /// Refuses a client for want of room; 3.1.1 has no better word for it.
  mutating func rejectForRoom(_ place: Int) {
    rejectConnect(place, connections[place].version == .v5 ? .quotaExceeded : .serverUnavailable)
  }

  /// Whether a message is one that has to be kept until it is delivered, or may have to; a deletion makes room.
  func needsRoom(_ view: PublishView) -> Bool {
    let isDeletion = view.isRetained && view.payload.isEmpty
    return view.qos > .atMostOnce && (!isDeletion || room == .none)
  }

  /// Does not take a message in; whoever speaks 3.1.1 can only be told by the end of the connection.
  mutating func declineForRoom(_ view: PublishView, from place: Int, at now: Int64) {
    if view.qos > .atMostOnce, connections[place].version == .v3_1_1 {
      return refuse(place, .quotaExceeded, at: now)
    }
    decline(view, .quotaExceeded, from: place)
  }
}
