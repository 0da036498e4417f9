import MQTT

@testable import MQTTBroker

/// What holds at any time, and what is left at the end.
extension FuzzWorld {
  /// Fails if the parts of the state contradict each other, or one is beyond its bound.
  func check() throws {
    for (place, connection) in state.connections.enumerated() where connection.session >= 0 {
      try FuzzFailure.unless(state.sessions[connection.session].connection == place, "two places of a session")
      try FuzzFailure.unless(connection.phase == .connected, "a session and \(connection.phase)")
      try FuzzFailure.unless(connection.quota <= connection.receiveMaximum, "the quota \(connection.quota)")
      try FuzzFailure.unless(connection.aliases.count <= Int(connection.topicAliasMaximum), "too many aliases")
      try FuzzFailure.unless(connection.inboundAliases.count <= Int(state.limits.topicAliasMaximum), "aliases")
      try FuzzFailure.unless(clients[place].phase == .connected, "the client is \(clients[place].phase)")
    }
    var count = 0
    var shared = 0
    for (place, session) in state.sessions.enumerated() where state.sessionByClient[session.clientID] == place {
      try check(session)
      count += session.subscriptions.count
      shared += session.subscriptions.keys.count { !$0.share.isEmpty }
    }
    let live = state.sessions.count - state.freeSessions.count
    try FuzzFailure.unless(
      state.sessionByClient.count == live, "\(live) sessions, \(state.sessionByClient.count) names")
    try FuzzFailure.unless(
      state.subscriptions.count == count && state.subscriptions.sharedCount == shared, "subscriptions are miscounted")
    try FuzzFailure.unless(state.retained.count <= state.limits.retainedMessages, "too many retained")
    try FuzzFailure.unless(state.retained.size <= state.limits.retainedBytes, "too large retained")
    let connected = clients.count { $0.phase == .connected }
    let open = state.connections.count { $0.phase != .free }
    try FuzzFailure.unless(
      state.connectedCount == connected && state.openCount == open, "clients are miscounted")
  }

  private func check(_ session: Session) throws {
    let sizes =
      session.queue.map { ($0.size, $0.isRetained) } + session.inFlight.values.map { ($0.size, $0.isRetained) }
    let queued = sizes.reduce(0) { $0 + ($1.1 ? 0 : $1.0) }
    let retained = sizes.reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    let unreleased = session.unreleased.values.reduce(0) { $0 + $1.size }
    let filters = session.subscriptions.keys.reduce(0) { $0 + $1.topics.count }
    try FuzzFailure.unless(
      session.queuedBytes == queued && session.retainedBytes == retained && session.unreleasedBytes == unreleased
        && session.filterBytes == filters, "bytes are miscounted")
    let largest = sizes.map(\.0).max() ?? 0
    try FuzzFailure.unless(
      queued <= max(state.limits.queuedBytes, largest) && retained <= state.limits.retainedBytes
        && unreleased <= max(state.limits.queuedBytes, session.unreleased.values.map(\.size).max() ?? 0),
      "\(queued), \(retained) and \(unreleased) bytes")
    try FuzzFailure.unless(session.identifiers.count == session.inFlight.count, "identifiers are miscounted")
    try FuzzFailure.unless(session.inFlight.count <= state.limits.inFlight, "too many deliveries under way")
    // Retained messages are in memory anyway, and may be asked for once more than there is room
    let most = state.limits.queuedMessages + state.limits.retainedMessages
    try FuzzFailure.unless(session.queue.count <= most, "\(session.queue.count) messages wait")
  }

  /// A client of good manners is served, whatever the others do.
  mutating func probe(_ version: ProtocolVersion) throws {
    let place = Self.places - 1
    try open(place)
    try say(.connect(Connect(clientID: "probe", keepAlive: 0)), from: place, in: version)
    let subscription = Subscription(filter: "probe/+", qos: .exactlyOnce)
    try say(.subscribe(Subscribe(packetID: 1, subscriptions: [subscription])), from: place)
    for qos in QoS.allCases {
      let id: UInt16 = qos == .atMostOnce ? 0 : 7
      try say(.publish(Publish(topic: "probe/a", qos: qos, packetID: id)), from: place)
      if qos == .exactlyOnce { try say(.pubrel(Acknowledgement(id)), from: place) }
      try sent(place)
      for (id, delivery) in sessions["probe"]?.unfinished ?? [:] {
        try say(delivery == .awaitingPuback ? .puback(Acknowledgement(id)) : .pubrec(Acknowledgement(id)), from: place)
        if delivery == .awaitingPubrec { try say(.pubcomp(Acknowledgement(id)), from: place) }
      }
    }
    try say(.pingreq, from: place)
    let probe = clients[place]
    let isServed = probe.phase == .connected && probe.received == 3 && probe.pings == 0 && probe.subscribes.isEmpty
    try FuzzFailure.unless(isServed && probe.answers.values.allSatisfy(\.isEmpty), "a client is not served: \(probe)")
    try say(.disconnect(Disconnect()), from: place)
    try lose(place)
  }

  /// Everybody goes, time passes, what is retained is deleted: nothing may be left.
  mutating func end() throws {
    for place in clients.indices { try lose(place) }
    try wait(1e6)
    // Those that are kept for ever end by a clean start
    for name in Array(state.sessionByClient.keys) {
      try open(0)
      try say(.connect(Connect(clientID: String(decoding: name, as: UTF8.self))), from: 0, in: .v5)
      try say(.disconnect(Disconnect()), from: 0)
      try lose(0)
    }
    var kept: [StoredMessage] = []
    for filter in ["#"] + hidden.map({ "\($0)/#" }) {
      _ = state.retained.match(Array(filter.utf8).span.bytes, at: now, into: &kept)
    }
    for message in kept { _ = message.withTopic { state.retained.remove($0) } }
    try wait(1e6)
    try FuzzFailure.unless(state.sessionByClient.isEmpty, "sessions of \(state.sessionByClient.keys)")
    try FuzzFailure.unless(state.sessions.allSatisfy { $0 == Session(clientID: []) }, "something of a session is left")
    try FuzzFailure.unless(state.connections.allSatisfy { $0 == Connection() }, "something of a connection is left")
    try FuzzFailure.unless(state.subscriptions.tree.nodes.dropFirst().allSatisfy { $0.parent < 0 }, "filters are left")
    try FuzzFailure.unless(
      state.subscriptions.count == 0 && state.subscriptions.sharedCount == 0, "subscriptions are left")
    try FuzzFailure.unless(state.retained.count == 0 && state.retained.size == 0, "retained messages are left")
  }
}
