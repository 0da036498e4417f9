import MQTT

/// Ends of connections and of sessions, and the wills that follow.
extension BrokerState {
  /// The connection is gone; its place may be used again.
  mutating func closed(_ place: Int, at now: Int64) {
    leave(place, at: now)
    move(place, to: .free)
    connections[place] = Connection()
  }

  /// DISCONNECT came.
  mutating func receive(_ goodbye: Disconnect, from place: Int, of session: Int, at now: Int64) {
    if let expiry = goodbye.properties.sessionExpiryInterval {
      // A session that was to end with its connection cannot be kept now, says 3.14.2.2.2
      guard sessions[session].expiry != 0 || expiry == 0 else { return refuse(place, .protocolError, at: now) }
      sessions[session].expiry = min(expiry, limits.sessionExpiry ?? .max)
    }
    if goodbye.reasonCode == .success { sessions[session].pendingWill = nil }  // [MQTT-3.14.4-3]
    close(place)
    leave(place, at: now)
  }

  /// Closes the older of two connections with one client identifier [MQTT-3.1.4-3].
  mutating func pushOut(_ place: Int, at now: Int64) {
    if connections[place].version == .v5 { send(.disconnect(Disconnect(.sessionTakenOver)), to: place) }
    close(place)
    leave(place, at: now)
  }

  /// A packet that cannot be left out could not be sent: this is the end of the connection.
  mutating func failed(_ place: Int, at now: Int64) {
    close(place)
    leave(place, at: now)
  }

  /// Parts a session from its connection: the session ends or waits, and so does the will.
  mutating func leave(_ place: Int, at now: Int64) {
    let session = connections[place].session
    guard session >= 0 else { return }
    connections[place].session = -1
    sessions[session].connection = -1
    sessions[session].resend.removeAll()
    guard sessions[session].expiry > 0 else { return end(session, at: now) }  // [MQTT-4.1.0-2]
    // What waits at QoS 0 goes with the client
    _ = sessions[session].takeQueued { $0.qos == .atMostOnce }
    let expiry = sessions[session].expiry
    sessions[session].endsAt = expiry == .max ? .max : now + Int64(expiry) * 1_000_000_000
    if let will = sessions[session].pendingWill?.message {
      let delay = Int64(will.properties.willDelayInterval ?? 0) * 1_000_000_000
      sessions[session].pendingWill?.dueAt = now + delay
      if delay == 0 { publishWill(of: session, at: now) }
    }
    keepSession(session)
  }

  /// Ends a session: its will is due, if it was not deleted, and nothing of it stays.
  mutating func end(_ session: Int, at now: Int64) {
    publishWill(of: session, at: now)
    forget(session)
    for filter in sessions[session].subscriptions.keys { _ = subscriptions.remove(filter, of: session) }
    sessionByClient[sessions[session].clientID] = nil
    sessions[session] = Session(clientID: [])
    freeSessions.append(session)
  }

  /// Publishes the will, once [MQTT-3.1.2-8] [MQTT-3.1.2-10].
  private mutating func publishWill(of session: Int, at now: Int64) {
    guard let will = sessions[session].pendingWill?.message else { return }
    sessions[session].pendingWill = nil
    // Another broker may have let it in, by other rules
    guard sessions[session].rights?.mayWrite(Array(will.topic.utf8).span.bytes) ?? true else {
      statistics.publishesDropped += 1
      return
    }
    var properties = will.properties
    properties.list.removeAll { if case .willDelayInterval = $0 { true } else { false } }
    let publish = Publish(
      topic: will.topic, payload: will.payload, qos: will.qos, isRetained: will.isRetained, properties: properties)
    do throws(EncodingError) {
      _ = self.publish(try StoredMessage(publish, at: now), from: session, at: now)
    } catch {
      statistics.publishesDropped += 1  // CONNECT was checked, so this does not happen
    }
  }

  /// How often retained messages that have expired are looked for, in nanoseconds; whoever asks gets none of them anyway.
  private static let retainedInterval: Int64 = 10_000_000_000

  /// Time has passed: clients that are silent for too long are closed, sessions end, wills are due.
  mutating func tick(at now: Int64) {
    if retainedDueAt <= now {
      retainedDueAt = now + Self.retainedInterval
      noteExpired(retained.expire(at: now))
    }
    for place in connections.indices {
      let connection = connections[place]
      switch connection.phase {
      case .connected where connection.keepAliveTimeout > 0 && now - connection.heardAt >= connection.keepAliveTimeout:
        refuse(place, .keepAliveTimeout, at: now)  // [MQTT-3.1.2-22]
      case .opened, .authenticating:
        if now - connection.heardAt >= limits.connectTimeout * 1_000_000_000 { close(place) }
      default: break
      }
    }
    // Where nothing can be kept the ends of sessions and their wills wait
    guard room != .none else { return tickSystem(at: now) }
    for session in sessions.indices where sessions[session].connection < 0 && !sessions[session].clientID.isEmpty {
      if sessions[session].endsAt <= now {
        statistics.sessionsExpired += 1
        end(session, at: now)
      } else if let due = sessions[session].pendingWill?.dueAt, due <= now {
        publishWill(of: session, at: now)
        keepSession(session)
      }
    }
    tickSystem(at: now)
  }
}
