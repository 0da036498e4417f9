import MQTT
import NIOCore

extension Session {
  /// Sends a message, or lets it wait, or says why the broker cannot have it.
  mutating func publish(_ message: Message, for request: RequestID, at now: Int64) -> [Output] {
    if phase != .connected, !canWaitForConnection(message.qos) { return fail(request, .notConnected, at: now) }
    if phase == .connected, let refusal = refusal(of: message) { return fail(request, refusal, at: now) }
    if let reason = obstacle(for: message.qos) {
      let entry = WaitingLine.Entry(request: request, message: message)
      guard waiting.append(entry) else { return fail(request, .tooManyWaiting(waiting.count), at: now) }
      return [.post(.delivery(request, .queued(reason), at: now))]
    }
    return transmit(message, for: request, at: now)
  }

  /// The network takes more bytes, or no more for the moment.
  mutating func writable(_ isWritable: Bool, at now: Int64) -> [Output] {
    link.isWritable = isWritable
    return phase == .connected ? drain(at: now) : []
  }

  /// Sends what waits, as far as the broker and the network allow.
  mutating func drain(at now: Int64) -> [Output] {
    var outputs: [Output] = []
    outputs += askAgain(at: now)
    while link.isWritable, let entry = waiting.popUnacknowledged() { outputs += transmit(entry, at: now) }
    while link.isWritable, link.quota > 0, let id = held.popFirst() { outputs += sendAgain(id, at: now) }
    while canStartDelivery, let entry = waiting.popAcknowledged() { outputs += transmit(entry, at: now) }
    return outputs
  }

  /// Sends what waited, perhaps since an earlier connection with other limits and aliases.
  private mutating func transmit(_ entry: WaitingLine.Entry, at now: Int64) -> [Output] {
    if let refusal = refusal(of: entry.message) { return fail(entry.request, refusal, at: now) }
    return transmit(entry.message, for: entry.request, at: now)
  }

  private func refusal(of message: Message) -> RequestError? {
    if let refusal = link.refusal(of: message) { return refusal }
    let trial = packet(message, id: message.qos == .atMostOnce ? 0 : 1)
    return problem(with: .publish(trial)).map { .unsendable($0) }
  }

  /// PUBACK, PUBREC or PUBCOMP came.
  mutating func receive(
    _ answer: OutboundDelivery.Answer, in packet: Acknowledgement, at now: Int64
  ) -> [Output] {
    let id = packet.packetID
    guard let step = inFlight[id]?.delivery.receive(answer), let entry = inFlight[id] else {
      return receiveUnknown(answer, id, at: now)
    }
    // Asked again by a PUBREL of a later connection, a broker that has completed does not know it any more: no error, 3.7.2.1
    let isRecovered = !entry.takesQuota && answer == .pubcomp(.packetIdentifierNotFound)
    let outcome = isRecovered ? OutboundDelivery.Answer.pubcomp(.success) : answer
    let told = Output.post(.delivery(entry.request, outcome.step(packet), at: now))
    switch step {
    case .release:
      release(id)
      let answer = send(.pubrel(Acknowledgement(id)), at: now)
      return record(.released(id)) + [told, answer, .post(.delivery(entry.request, .released, at: now))]
    case .finished:
      inFlight[id] = nil
      identifiers.free(id)
      if entry.takesQuota { link.quota += 1 }
      return record(.finished(id)) + [told] + drain(at: now)
    case .unexpected:
      return violation(.protocolError, "an acknowledgement does not fit the QoS or the moment", at: now)
    }
  }

  private mutating func receiveUnknown(_ answer: OutboundDelivery.Answer, _ id: UInt16, at now: Int64) -> [Output] {
    // The broker waits for PUBREL or a word that there will be none; the other two end what we do not know anyway
    guard case .pubrec(let code) = answer, !code.isError else { return [] }
    let answer = Acknowledgement(id, version == .v5 ? .packetIdentifierNotFound : .success)
    return [send(.pubrel(answer), at: now)]
  }

  private mutating func transmit(_ message: Message, for request: RequestID, at now: Int64) -> [Output] {
    guard let delivery = OutboundDelivery(message.qos) else {
      let packet = withAlias(packet(message, id: 0))
      _ = link.withoutAlias(packet)
      return [send(.publish(packet), at: now), sent(packet, for: request, at: now)]
    }
    guard let id = identifiers.take(for: .publish) else { return fail(request, .noPacketIdentifier, at: now) }
    let packet = withAlias(packet(message, id: id))
    let whole = link.withoutAlias(packet)
    inFlight[id] = InFlight(request: request, packet: whole, delivery: delivery, order: deliveries)
    deliveries += 1
    noteRequest(request)
    link.quota -= 1
    return record(.sent(request, whole)) + [send(.publish(packet), at: now), sent(packet, for: request, at: now)]
  }

  private func withAlias(_ packet: Publish) -> Publish {
    guard configuration.assignsTopicAliases, version == .v5, let shorter = link.withAlias(packet),
      problem(with: .publish(shorter)) == nil
    else { return packet }
    return shorter
  }

  /// A session that outlives its connections takes messages between them, unless nobody tries to make the next one.
  private func canWaitForConnection(_ qos: QoS) -> Bool {
    guard !configuration.cleanStart, qos > .atMostOnce else { return false }
    switch phase {
    case .waiting, .opening, .asking, .connected: return true
    case .closing(_, let next, _): return next != .stop
    case .stopped: return false
    }
  }

  private func obstacle(for qos: QoS) -> WaitingReason? {
    if phase != .connected { return .connection }
    if !link.isWritable { return .network }
    guard qos > .atMostOnce else { return nil }
    if !identifiers.hasFree(for: .publish) { return .packetIdentifiers }
    return canStartDelivery && waiting.isEmpty(for: qos) ? nil : .receiveMaximum(link.receiveMaximum)
  }

  private var canStartDelivery: Bool {
    link.isWritable && link.quota > 0 && identifiers.hasFree(for: .publish)
  }

  private func packet(_ message: Message, id: UInt16) -> Publish {
    Publish(
      topic: message.topic, payload: message.payload, qos: message.qos, isRetained: message.isRetained, packetID: id,
      properties: version == .v5 ? message.properties : [])
  }

  /// Tells that a message went out.
  func sent(_ packet: Publish, for request: RequestID, at now: Int64) -> Output {
    let step = DeliveryStep.sent(packetID: packet.packetID, isDuplicate: packet.isDuplicate)
    return .post(.delivery(request, step, at: now))
  }

  /// The end of a request that was not carried out.
  func fail(_ request: RequestID, _ error: RequestError, at now: Int64) -> [Output] {
    [.post(.delivery(request, .failed(error), at: now))]
  }

  /// Why a packet cannot be sent on this connection; found out by encoding it, so that there is one set of rules.
  func problem(with packet: Packet) -> EncodingError? {
    var trial = ByteBuffer()
    do throws(EncodingError) {
      try packet.encode(into: &trial, version: version, from: .client, maximumSize: link.maximumPacketSize)
      return nil
    } catch {
      return error
    }
  }
}

extension OutboundDelivery.Answer {
  fileprivate func step(_ packet: Acknowledgement) -> DeliveryStep {
    switch self {
    case .puback(let code): .acknowledged(code, packet.properties)
    case .pubrec(let code): .received(code, packet.properties)
    case .pubcomp(let code): .completed(code, packet.properties)
    }
  }
}
