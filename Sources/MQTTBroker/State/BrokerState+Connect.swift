import FoundationEssentials
import MQTT
import NIOCore

/// From CONNECT to CONNACK. Source: MQTT 5.0, 3.1.4.
extension BrokerState {
  /// Refuses a CONNECT; 3.1.1 knows few reasons, and for others hears none [MQTT-3.2.2-6].
  mutating func rejectConnect(_ place: Int, _ reason: ReasonCode, properties: Properties = []) {
    if connections[place].version == .v5 {
      send(.connack(Connack(reasonCode: reason, properties: properties)), to: place)
    } else {
      let known: [ReasonCode] = [
        .unsupportedProtocolVersion, .clientIdentifierNotValid, .serverUnavailable, .badUserNameOrPassword,
        .notAuthorized,
      ]
      if known.contains(reason) { send(.connack(Connack(reasonCode: reason)), to: place) }
    }
    close(place)
  }

  /// Takes a client in that has shown its credentials in CONNECT.
  mutating func accept(_ connect: Connect, from place: Int, at now: Int64) {
    guard access.admits(connect.username, password: connect.password) else {
      // In 3.1.1 the other code is for a name or password that is malformed, table 3.1
      let isNamed = connections[place].version == .v5 && connect.username != nil
      return rejectConnect(place, isNamed ? .badUserNameOrPassword : .notAuthorized)
    }
    welcome(connect, as: connect.username, from: place, properties: [], at: now)
  }

  /// Takes a client in that is who it says.
  mutating func welcome(
    _ connect: Connect, as username: String?, from place: Int, properties proof: [Property], at now: Int64
  ) {
    let version = connections[place].version
    let clientID = connect.clientID.isEmpty ? newClientID() : Array(connect.clientID.utf8)
    let rights = access.rights(of: username, clientID: clientID)
    if let reason = problem(with: connect, rights, in: version) { return rejectConnect(place, reason) }
    let known = sessionByClient[clientID]
    if known == nil, sessionByClient.count >= limits.sessions { return rejectConnect(place, .quotaExceeded) }
    if room != .enough, needsRoom(connect, in: version, known: known) { return rejectForRoom(place) }
    let (session, isPresent) = takeSession(known, of: clientID, isClean: connect.cleanStart, at: now)
    move(place, to: .connected)
    connections[place].session = session
    connections[place].username = username
    sessions[session].username = username
    sessions[session].rights = rights
    sessions[session].connection = place
    sessions[session].endsAt = .max
    adopt(connect, on: place, of: session, at: now)
    let isAssigned = connect.clientID.isEmpty && version == .v5
    var answer = isAssigned ? [Property.assignedClientIdentifier(String(decoding: clientID, as: UTF8.self))] : []
    answer += proof
    let connack = Connack(
      sessionPresent: isPresent, properties: version == .v5 ? announcement(to: connect, answer) : [])
    send(.connack(connack), to: place)
    statistics.mostClients = max(statistics.mostClients, connectedCount)
    resume(session, on: place, at: now)
  }

  private func problem(
    with connect: Connect, _ rights: AccessRights?, in version: ProtocolVersion
  ) -> ReasonCode? {
    if connect.clientID.isEmpty, version == .v3_1_1, !connect.cleanStart {
      return .clientIdentifierNotValid  // [MQTT-3.1.3-8] of 3.1.1
    }
    guard let will = connect.will else { return nil }
    if will.qos > limits.maximumQoS { return .qosNotSupported }  // [MQTT-3.2.2-12]
    if will.isRetained, !limits.retainAvailable { return .retainNotSupported }  // [MQTT-3.2.2-13]
    if exceedsPayload(will.payload.readableBytes) {
      return version == .v5 ? .packetTooLarge : .notAuthorized  // what comes nearest in 3.1.1, as with mosquitto
    }
    return Self.problem(withTopic: Array(will.topic.utf8).span.bytes, rights)
  }

  /// A client identifier of our choice, which no session has [MQTT-3.2.2-16].
  private func newClientID() -> [UInt8] {
    while true {
      let clientID = Array("auto-\(UUID())".utf8)
      if sessionByClient[clientID] == nil { return clientID }
    }
  }

  /// Notes what the client wants of this connection.
  private mutating func adopt(_ connect: Connect, on place: Int, of session: Int, at now: Int64) {
    let properties = connect.properties
    let isNew = connections[place].version == .v5
    sessions[session].expiry = expiry(wantedBy: connect, in: connections[place].version)
    sessions[session].pendingWill = connect.will.map { Session.PendingWill(message: $0) }  // [MQTT-3.1.2-7]
    keepSession(session)
    let keepAlive = isNew ? min(connect.keepAlive, limits.keepAlive ?? .max) : connect.keepAlive
    let interval = isNew && connect.keepAlive == 0 ? limits.keepAlive ?? 0 : keepAlive
    connections[place].keepAliveTimeout = Int64(interval) * 1_500_000_000  // [MQTT-3.1.2-22]
    connections[place].heardAt = now
    connections[place].maximumPacketSize = min(
      properties.maximumPacketSize.map(Int.init) ?? .max, BrokerLimits.largestPacket)
    let receiveMaximum = min(properties.receiveMaximum.map(Int.init) ?? 65_535, limits.inFlight)
    connections[place].receiveMaximum = receiveMaximum
    connections[place].quota = receiveMaximum
    connections[place].topicAliasMaximum = min(properties.topicAliasMaximum ?? 0, limits.outboundAliases)
  }

  /// What CONNACK says about us.
  private func announcement(to connect: Connect, _ answer: [Property]) -> Properties {
    var list: [Property] = []
    if let most = limits.keepAlive, connect.keepAlive == 0 || connect.keepAlive > most {
      list.append(.serverKeepAlive(most))  // [MQTT-3.2.2-21]
    }
    if limits.topicAliasMaximum > 0 { list.append(.topicAliasMaximum(limits.topicAliasMaximum)) }
    list += answer
    let wanted = connect.properties.sessionExpiryInterval ?? 0
    if let most = limits.sessionExpiry, wanted > most { list.append(.sessionExpiryInterval(most)) }
    if connect.properties.requestResponseInformation == true {  // [MQTT-3.1.2-28]
      list.append(.responseInformation("response/\(UUID())"))  // a topic that no other client is given
    }
    if !limits.retainAvailable { list.append(.retainAvailable(false)) }
    if let size = limits.maximumPacketSize { list.append(.maximumPacketSize(UInt32(clamping: size))) }
    if limits.receiveMaximum < .max { list.append(.receiveMaximum(max(limits.receiveMaximum, 1))) }
    if limits.maximumQoS < .exactlyOnce { list.append(.maximumQoS(limits.maximumQoS)) }  // [MQTT-3.2.2-9]
    if !limits.wildcardsAvailable { list.append(.wildcardSubscriptionAvailable(false)) }
    if !limits.identifiersAvailable { list.append(.subscriptionIdentifierAvailable(false)) }
    if !limits.sharedAvailable { list.append(.sharedSubscriptionAvailable(false)) }
    return Properties(list)
  }
}
