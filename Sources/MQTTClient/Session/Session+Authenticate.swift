import MQTT

extension Session {
  /// The name of the method that CONNECT names, if it names one.
  var authenticationMethod: String? {
    configuration.authentication?.method ?? configuration.properties.authenticationMethod
  }

  /// What CONNECT adds to its properties for a method that we carry out ourselves.
  mutating func beginAuthentication() -> [Property] {
    guard let authentication = configuration.authentication else { return [] }
    let exchange = authentication.begin()
    scram = exchange
    return [.authenticationMethod(authentication.method), .authenticationData(exchange.first)]
  }

  /// AUTH came: answered by us or by the owner, if CONNECT named a method [MQTT-4.12.0-6].
  mutating func receive(_ auth: Auth, at now: Int64) -> [Output] {
    guard let method = authenticationMethod else {
      return violation(.protocolError, "AUTH came though CONNECT named no authentication method", at: now)
    }
    let isEnd = auth.reasonCode == .success
    guard auth.properties.authenticationMethod == method || isEnd && auth.properties.isEmpty else {
      // [MQTT-4.12.0-5]; success may leave out everything, says 3.15.2.1
      return violation(.protocolError, "AUTH names another authentication method than CONNECT", at: now)
    }
    guard configuration.authentication != nil else { return [.post(.authentication(auth.reasonCode, auth.properties))] }
    if isEnd { return endAuthentication(auth.properties, at: now) }
    return continueAuthentication(auth.properties, at: now)
  }

  /// CONNACK accepts us: the broker must have proven itself by then, or with it; what to do if it has not.
  mutating func checkProof(in properties: Properties, at now: Int64) -> [Output]? {
    guard configuration.authentication != nil else { return nil }
    if let error = takeProof(in: properties) { return distrust(error, at: now) }
    return nil
  }

  /// Begins the exchange anew on a live connection [MQTT-4.12.1-1].
  mutating func reauthenticate(at now: Int64) -> [Output] {
    guard phase == .connected, scram == nil else { return [] }
    let properties = beginAuthentication()
    guard !properties.isEmpty else { return [] }
    return [send(.auth(Auth(.reauthenticate, properties: Properties(properties))), at: now)]
  }

  /// Sends AUTH for the owner, if CONNECT named a method [MQTT-4.12.0-7].
  mutating func authenticate(_ code: ReasonCode, _ properties: Properties, at now: Int64) -> [Output] {
    let packet = Packet.auth(Auth(code, properties: properties))
    guard isListening, authenticationMethod != nil, problem(with: packet) == nil else { return [] }
    return [send(packet, at: now)]
  }

  private mutating func continueAuthentication(_ properties: Properties, at now: Int64) -> [Output] {
    guard scram != nil else { return violation(.protocolError, "AUTH came though nothing was asked", at: now) }
    do throws(ScramError) {
      let answer = try scram?.receive(properties.authenticationData ?? [])
      var reply: Properties = [.authenticationMethod(authenticationMethod ?? "")]
      if let answer { reply.append(.authenticationData(answer)) }
      return [send(.auth(Auth(.continueAuthentication, properties: reply)), at: now)]  // [MQTT-4.12.0-3]
    } catch {
      return distrust(error, at: now)
    }
  }

  private mutating func endAuthentication(_ properties: Properties, at now: Int64) -> [Output] {
    guard phase == .connected, scram != nil else {
      return violation(.protocolError, "AUTH says success though nothing was asked", at: now)
    }
    if let error = takeProof(in: properties) { return distrust(error, at: now) }
    return [.post(.authentication(.success, properties))]
  }

  private mutating func takeProof(in properties: Properties) -> ScramError? {
    do throws(ScramError) {
      if let last = properties.authenticationData, scram?.isProven == false { _ = try scram?.receive(last) }
      guard scram?.isProven == true else { throw .unproven }
      scram = nil
      return nil
    } catch {
      return error
    }
  }

  private mutating func distrust(_ error: ScramError, at now: Int64) -> [Output] {
    close(.notAuthenticated(error), .unspecifiedError, at: now)  // [MQTT-4.12.1-2]
  }
}
