import MQTT

extension Session {
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
    let connect = Connect(
      clientID: configuration.clientID, cleanStart: configuration.cleanStart, keepAlive: configuration.keepAlive,
      username: configuration.username, password: configuration.password, will: will,
      properties: version == .v5 ? configuration.properties : [])
    return [.send(.connect(connect))]
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
      return closeInSilence(.refused(connack.reasonCode, connack.properties), at: now)
    }
    let ours = configuration.properties.authenticationMethod
    if version == .v5, connack.properties.authenticationMethod != ours {  // [MQTT-4.12.0-5] [MQTT-4.12.0-6]
      return violation(.protocolError, "CONNACK names another authentication method than CONNECT", at: now)
    }
    if !configuration.clientID.isEmpty, connack.properties.assignedClientIdentifier != nil {
      // 3.2.2.3.7 has it for an empty identifier alone; whose messages these would be is anybody's guess
      return violation(.protocolError, "CONNACK assigns a client identifier though CONNECT named one", at: now)
    }
    let resumption = Resumption(
      sessionPresent: connack.sessionPresent, cleanStart: configuration.cleanStart, isHeld: isHeld)
    if resumption == .contradiction {
      return violation(.protocolError, "CONNACK resumes a session though CONNECT asked for a new one", at: now)
    }
    return accept(connack, resumption, askedAt: since, at: now)
  }

  private mutating func accept(
    _ connack: Connack, _ resumption: Resumption, askedAt since: Int64, at now: Int64
  ) -> [Output] {
    let keepAlive = connack.properties.serverKeepAlive ?? configuration.keepAlive  // [MQTT-3.1.2-21]
    phase = .connected
    isSettled = true
    isHeld = !configuration.cleanStart
    link = Link(connack.properties, keepAlive: keepAlive, acceptedAt: now)
    let connection = Connection(
      version: version, sessionPresent: connack.sessionPresent,
      clientID: connack.properties.assignedClientIdentifier ?? configuration.clientID, keepAlive: keepAlive,
      properties: connack.properties, roundTrip: now - since, transport: transport)
    var outputs: [Output] = [.post(.connected(connection))]
    if resumption == .resume {
      outputs += resend(at: now)
    } else {
      outputs += forgetDeliveries(.sessionLost, at: now)
      outputs += subscribeToWanted(at: now)
    }
    return outputs + drain(at: now)
  }

  /// Forgets the session's deliveries, which the broker no longer knows.
  mutating func forgetDeliveries(_ error: RequestError, at now: Int64) -> [Output] {
    let lost = inFlight.values.sorted { $0.order < $1.order }
    inFlight.removeAll()
    held.removeAll()
    inbound.removeAll()
    identifiers = PacketIdentifiers()
    return lost.map { .post(.delivery($0.request, .failed(error), at: now)) }
  }

  /// AUTH came: answered by the owner, if CONNECT named a method [MQTT-4.12.0-6].
  mutating func receive(_ auth: Auth, at now: Int64) -> [Output] {
    guard let method = configuration.properties.authenticationMethod else {
      return violation(.protocolError, "AUTH came though CONNECT named no authentication method", at: now)
    }
    guard auth.properties.authenticationMethod == method else {  // [MQTT-4.12.0-5]
      return violation(.protocolError, "AUTH names another authentication method than CONNECT", at: now)
    }
    return [.post(.authentication(auth.reasonCode, auth.properties))]
  }

  /// Sends AUTH, if CONNECT named a method [MQTT-4.12.0-7].
  mutating func authenticate(_ code: ReasonCode, _ properties: Properties, at now: Int64) -> [Output] {
    let packet = Packet.auth(Auth(code, properties: properties))
    guard isListening, configuration.properties.authenticationMethod != nil, problem(with: packet) == nil else {
      return []
    }
    return [send(packet, at: now)]
  }
}
