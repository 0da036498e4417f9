import MQTT

/// Enhanced authentication, by SCRAM-SHA-256. Source: MQTT 5.0, 4.12.
extension BrokerState {
  /// CONNECT names a method.
  mutating func beginAuthentication(_ connect: Connect, from place: Int, at now: Int64) {
    guard connect.properties.authenticationMethod == ScramServer.method, access.users != nil else {
      return rejectConnect(place, .badAuthenticationMethod)  // [MQTT-4.12.0-1]
    }
    guard let challenge = challenge(connect.properties.authenticationData, on: place) else {
      return rejectConnect(place, .notAuthorized)
    }
    move(place, to: .authenticating(connect))
    sendAuth(.continueAuthentication, challenge, to: place)  // [MQTT-4.12.0-2]
  }

  /// A packet came before the client is accepted: AUTH, or a mistake [MQTT-3.1.4-6].
  mutating func continueConnecting(_ connect: Connect, _ packet: Packet, from place: Int, at now: Int64) {
    switch packet {
    case .auth(let step):
      guard step.reasonCode == .continueAuthentication, isMethod(step.properties) else {
        return rejectConnect(place, .protocolError)  // [MQTT-4.12.0-5]
      }
      guard let proof = connections[place].scram?.verify(step.properties.authenticationData ?? []) else {
        return rejectConnect(place, .notAuthorized)  // [MQTT-4.12.0-4]
      }
      let username = connections[place].scram?.username
      connections[place].scram = nil
      let answer: [Property] = [.authenticationMethod(ScramServer.method), .authenticationData(proof)]
      welcome(connect, as: username, from: place, properties: answer, at: now)
    case .disconnect: close(place)
    default: rejectConnect(place, .protocolError)
    }
  }

  /// AUTH came from a client that is connected: it proves itself anew [MQTT-4.12.1-1].
  mutating func reauthenticate(_ step: Auth, from place: Int, at now: Int64) {
    guard connections[place].usesScram, isMethod(step.properties) else {
      return refuse(place, .protocolError, at: now)
    }
    let data = step.properties.authenticationData
    switch step.reasonCode {
    case .reauthenticate where connections[place].scram == nil:
      guard let challenge = challenge(data, on: place) else { return refuse(place, .notAuthorized, at: now) }
      sendAuth(.continueAuthentication, challenge, to: place)
    case .continueAuthentication where connections[place].scram != nil:
      let username = connections[place].scram?.username
      guard username == connections[place].username, let proof = connections[place].scram?.verify(data ?? []) else {
        return refuse(place, .notAuthorized, at: now)  // [MQTT-4.12.1-2]
      }
      connections[place].scram = nil
      sendAuth(.success, proof, to: place)
    default: refuse(place, .protocolError, at: now)
    }
  }

  private mutating func challenge(_ first: [UInt8]?, on place: Int) -> [UInt8]? {
    var system = SystemRandomNumberGenerator()
    let nonce = (0..<3).map { _ in String(system.next(), radix: 36) }.joined()
    var scram = ScramServer()
    let challenge = scram.challenge(first ?? [], nonce: nonce, users: access.users ?? [:])
    connections[place].scram = challenge == nil ? nil : scram
    if challenge != nil { connections[place].usesScram = true }
    return challenge
  }

  private func isMethod(_ properties: Properties) -> Bool { properties.authenticationMethod == ScramServer.method }

  private mutating func sendAuth(_ code: ReasonCode, _ data: [UInt8], to place: Int) {
    let properties: Properties = [.authenticationMethod(ScramServer.method), .authenticationData(data)]
    send(.auth(Auth(code, properties: properties)), to: place)
  }
}
