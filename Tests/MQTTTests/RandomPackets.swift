import MQTT
import NIOCore

/// Random packets that the standard allows.
struct RandomPackets {
  var generator: SplitMix
  let version: ProtocolVersion

  init(seed: UInt64, version: ProtocolVersion) {
    generator = SplitMix(seed: seed)
    self.version = version
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  mutating func flag() -> Bool { Bool.random(using: &generator) }
  mutating func id() -> UInt16 { UInt16.random(in: 1...UInt16.max, using: &generator) }
  mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...values.count - 1)] }
  mutating func qos() -> QoS { pick(QoS.allCases) }

  mutating func raw(upTo count: Int = 20) -> [UInt8] {
    let size = number(0...count)
    return (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  mutating func text(from least: Int = 0, upTo most: Int = 20) -> String {
    let letters = Array("abcdefgz0189_-. /äßé€漢𪛔🙂\u{1}\u{7F}\u{FEFF}")
    let size = number(least...most)
    return String((0..<size).map { _ in pick(letters) })
  }

  mutating func payload() -> ByteBuffer { ByteBuffer(bytes: raw(upTo: flag() ? 10 : 400)) }

  mutating func filter() -> String {
    let own = text(from: 1)
    return pick(["#", "+", "a/+/b", "a/#", "+/+", "/", "$SYS/#", own, "$share/n/" + own])
  }

  mutating func code(_ codes: [ReasonCode]) -> ReasonCode {
    version == .v5 ? pick(codes) : .success
  }

  /// A packet that this side may send.
  mutating func packet(from sender: Side) -> Packet {
    let own: [PacketType] =
      sender == .client
      ? [.connect, .subscribe, .unsubscribe, .pingreq, .disconnect] : [.connack, .suback, .unsuback, .pingresp]
    let both: [PacketType] = [.publish, .puback, .pubrec, .pubrel, .pubcomp]
    let new: [PacketType] = version == .v5 ? [.disconnect, .auth] : []
    return packet(pick(own + both + new), from: sender)
  }

  private mutating func packet(_ type: PacketType, from sender: Side) -> Packet {
    let ends: [ReasonCode] = [.success, .unspecifiedError, .quotaExceeded]
    let known: [ReasonCode] = [.success, .packetIdentifierNotFound]
    switch type {
    case .connect: return .connect(connect())
    case .connack:
      let reasons: [ReasonCode] = [.success, .notAuthorized, .serverUnavailable]
      let reason = pick(reasons)
      let present = reason == .success && flag()
      return .connack(Connack(sessionPresent: present, reasonCode: reason, properties: properties(of: "connack")))
    case .publish: return .publish(publish(from: sender))
    case .puback: return .puback(Acknowledgement(id(), code(ends), properties: properties(of: "answer")))
    case .pubrec: return .pubrec(Acknowledgement(id(), code(ends), properties: properties(of: "answer")))
    case .pubrel: return .pubrel(Acknowledgement(id(), code(known), properties: properties(of: "answer")))
    case .pubcomp: return .pubcomp(Acknowledgement(id(), code(known), properties: properties(of: "answer")))
    case .subscribe:
      let subscriptions = (0...number(0...4)).map { _ in subscription() }
      return .subscribe(
        Subscribe(packetID: id(), subscriptions: subscriptions, properties: properties(of: "subscribe")))
    case .suback:
      let grants: [ReasonCode] = [.success, .grantedQoS2, .unspecifiedError]
      let codes = (0...number(0...4)).map { _ in pick(grants) }
      return .suback(Suback(packetID: id(), reasonCodes: codes, properties: properties(of: "answer")))
    case .unsubscribe:
      let filters = (0...number(0...4)).map { _ in filter() }
      return .unsubscribe(Unsubscribe(packetID: id(), filters: filters, properties: properties(of: "user")))
    case .unsuback:
      let codes = version == .v5 ? (0...number(0...4)).map { _ in code([.success, .noSubscriptionExisted]) } : []
      return .unsuback(Unsuback(packetID: id(), reasonCodes: codes, properties: properties(of: "answer")))
    case .pingreq: return .pingreq
    case .pingresp: return .pingresp
    case .disconnect: return .disconnect(Disconnect(code(ends), properties: properties(of: "answer")))
    case .auth:
      let method = Properties([.authenticationMethod(text())] + properties(of: "answer").list)
      return .auth(Auth(.continueAuthentication, properties: method))
    }
  }

  private mutating func connect() -> Connect {
    let username = flag() ? text() : nil
    let password = (version == .v5 || username != nil) && flag() ? raw() : nil
    let will =
      flag()
      ? Will(
        topic: text(from: 1), payload: payload(), qos: qos(), isRetained: flag(), properties: properties(of: "will"))
      : nil
    let clientID = text()
    // 3.1.1 keeps no session without a client identifier
    return Connect(
      clientID: clientID, cleanStart: clientID.isEmpty || flag(), keepAlive: UInt16(number(0...65535)),
      username: username, password: password, will: will, properties: properties(of: "connect"))
  }

  private mutating func publish(from sender: Side) -> Publish {
    let qos = qos()
    var properties = properties(of: "publish")
    if sender == .server, version == .v5, flag() {
      properties.append(.subscriptionIdentifier(UInt32(number(1...268_435_455))))
    }
    let hasAlias = version == .v5 && flag()
    if hasAlias { properties.append(.topicAlias(UInt16(number(1...65535)))) }
    return Publish(
      topic: text(from: hasAlias ? 0 : 1, upTo: 40), payload: payload(), qos: qos, isRetained: flag(),
      isDuplicate: qos != .atMostOnce && flag(), packetID: qos == .atMostOnce ? 0 : id(), properties: properties)
  }

  private mutating func subscription() -> Subscription {
    guard version == .v5 else { return Subscription(filter: filter(), qos: qos()) }
    let filter = filter()
    return Subscription(
      filter: filter, qos: qos(), noLocal: !filter.hasPrefix("$share/") && flag(), retainAsPublished: flag(),
      retainHandling: pick(Subscription.RetainHandling.allCases))
  }

  /// Some of the properties that a place allows, in any order.
  private mutating func properties(of place: String) -> Properties {
    guard version == .v5, flag() else { return [] }
    let seconds = UInt32(number(0...Int(UInt32.max)))
    let small = UInt16(number(1...65535))
    let message: [Property] = [
      .payloadFormatIndicator(.unspecified), .messageExpiryInterval(seconds), .contentType(text()),
      .responseTopic(text(from: 1)), .correlationData(raw()),
    ]
    let limits: [Property] = [
      .sessionExpiryInterval(seconds), .receiveMaximum(small), .maximumPacketSize(seconds | 1),
      .topicAliasMaximum(small), .authenticationMethod(text()),
    ]
    var all: [Property]
    switch place {
    case "publish": all = message
    case "will": all = message + [.willDelayInterval(seconds)]
    case "connect": all = limits + [.requestProblemInformation(flag()), .requestResponseInformation(flag())]
    case "connack":
      all =
        limits + [
          .maximumQoS(flag() ? .atLeastOnce : .atMostOnce), .retainAvailable(flag()), .assignedClientIdentifier(text()),
          .wildcardSubscriptionAvailable(flag()), .subscriptionIdentifierAvailable(flag()), .reasonString(text()),
          .sharedSubscriptionAvailable(flag()), .serverKeepAlive(small), .responseInformation(text()),
          .serverReference(text()), .authenticationData(raw()),
        ]
    case "answer": all = [.reasonString(text())]
    case "subscribe": all = [.subscriptionIdentifier(UInt32(number(1...268_435_455)))]
    default: all = []
    }
    all = all.filter { _ in flag() }
    for _ in 0..<number(0...3) { all.append(.userProperty(UserProperty(text(), text()))) }
    all.shuffle(using: &generator)
    return Properties(all)
  }
}
