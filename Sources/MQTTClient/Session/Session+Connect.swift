import MQTT

extension Session {
  /// The identifier in use: ours, or one that the broker assigned to a session that it keeps.
  var clientID: String { assignedClientID ?? configuration.clientID }

  /// Begins, from `stopped` or `waiting`.
  mutating func open(at now: Int64) -> [Output] {
    phase = .opening
    let endpoint = configuration.endpoint
    return [.post(.connecting(attempt: failures + 1, version: version, endpoint: endpoint)), .open(version)]
  }

  /// The network connection is there: CONNECT is the first packet [MQTT-3.1.0-1].
  mutating func opened(over transport: Transport = Transport(), at now: Int64) -> [Output] {
    guard phase == .opening else { return [] }
    self.transport = transport
    phase = .asking(since: now)
    link = Link()
    guard version == .v5 || configuration.authentication == nil else {
      return closeInSilence(.unsendable(.notInVersion("exchange of AUTH", version)), at: now)
    }
    var properties = version == .v5 ? configuration.properties : []
    properties.list += beginAuthentication()
    let connect = Connect(
      clientID: clientID, cleanStart: configuration.cleanStart, keepAlive: configuration.keepAlive,
      username: configuration.username, password: configuration.password, will: will, properties: properties)
    // Whether this connection is accepted or lost before we hear of it: the broker may hold a session of ours then
    let began = isHeld ? [] : record(.began(version, clientID: clientID, lastRequest: lastRequest))
    return began + [.send(.connect(connect))]
  }

  private var will: Will? {
    guard version != .v5, var will = configuration.will else { return configuration.will }
    will.properties = []
    return will
  }

  /// CONNACK came, in answer to the CONNECT of `since`.
  mutating func receive(_ connack: Connack, askedAt since: Int64, at now: Int64) -> [Output] {
    guard connack.reasonCode == .success else {
      // The broker closes after a refusal; so do we, in case it does not
      return closeInSilence(.refused(connack.reasonCode, connack.properties, link.refusalVersion ?? version), at: now)
    }
    if version == .v5, connack.properties.authenticationMethod != authenticationMethod {
      // [MQTT-4.12.0-5] [MQTT-4.12.0-6]
      return violation(.protocolError, "CONNACK names another authentication method than CONNECT", at: now)
    }
    if !clientID.isEmpty, connack.properties.assignedClientIdentifier != nil {
      // 3.2.2.3.7 has it for an empty identifier alone; whose messages these would be is anybody's guess
      return violation(.protocolError, "CONNACK assigns a client identifier though CONNECT named one", at: now)
    }
    if let end = checkProof(in: connack.properties, at: now) { return end }
    let resumption = Resumption(
      sessionPresent: connack.sessionPresent, cleanStart: configuration.cleanStart, isHeld: isHeld,
      refusesUnknown: version == .v5 && configuration.unknownSession == .refuse)
    switch resumption {
    case .contradiction:
      return violation(.protocolError, "CONNACK resumes a session though CONNECT asked for a new one", at: now)
    case .stranger:
      return record(.ended) + close(.unknownSession(clientID: clientID), .protocolError, at: now)
    case .begin, .join, .resume:
      return accept(connack, resumption, askedAt: since, at: now)
    }
  }

  private mutating func accept(
    _ connack: Connack, _ resumption: Resumption, askedAt since: Int64, at now: Int64
  ) -> [Output] {
    let keepAlive = connack.properties.serverKeepAlive ?? configuration.keepAlive  // [MQTT-3.1.2-21]
    phase = .connected
    isSettled = true
    untaken.startConnection()
    let unstated = version == .v5 ? .max : max(configuration.olderReceiveMaximum, 1)
    link = Link(connack.properties, keepAlive: keepAlive, acceptedAt: now, receiveMaximum: unstated)
    let given = connack.properties.assignedClientIdentifier
    if !configuration.cleanStart, let given { assignedClientID = given }
    let connection = Connection(
      version: version, sessionPresent: connack.sessionPresent, clientID: given ?? clientID, keepAlive: keepAlive,
      properties: connack.properties, roundTrip: now - since, transport: transport)
    var outputs: [Output] = [.post(.connected(connection))]
    if resumption == .resume {
      outputs += resend(at: now)
    } else {
      outputs += forgetDeliveries(.sessionLost, at: now)
      outputs += record(.began(version, clientID: clientID, lastRequest: lastRequest))
    }
    isHeld = !configuration.cleanStart
    return outputs + subscribeToWanted(at: now) + drain(at: now)
  }

  /// Forgets what the broker no longer knows.
  mutating func forgetDeliveries(_ error: RequestError, at now: Int64) -> [Output] {
    let lost = inFlight.values.sorted { $0.order < $1.order }
    let assigned = assignedClientID
    forgetSession()
    assignedClientID = assigned
    return lost.map { .post(.delivery($0.request, .failed(error), at: now)) }
  }
}
