import MQTT
import NIOCore

extension Session {
  /// Bytes arrived, whatever they mean.
  mutating func heard(at now: Int64) { link.keepAlive.heard(at: now) }

  /// What comes next lies in another buffer than what came before.
  mutating func startBuffer() { link.inboundAliases.startBuffer() }

  /// Reading stops, because the owner does not keep up, or goes on.
  mutating func listen(_ isListening: Bool, at now: Int64) {
    link.keepAlive.listen(isListening, at: now)
  }

  /// A packet came, other than PUBLISH.
  mutating func receive(_ packet: Packet, at now: Int64) -> [Output] {
    switch phase {
    case .stopped, .waiting, .opening, .closing: []
    case .asking(let since): receiveFirst(packet, askedAt: since, at: now)
    case .connected: receiveNext(packet, at: now)
    }
  }

  private mutating func receiveFirst(_ packet: Packet, askedAt since: Int64, at now: Int64) -> [Output] {
    switch packet {
    case .connack(let connack): receive(connack, askedAt: since, at: now)
    case .auth(let auth): receive(auth, at: now)
    case .disconnect(let last) where version == .v5:
      closeInSilence(.refused(last.reasonCode, last.properties), at: now)
    default: violation(.protocolError, "\(packet.type) came before CONNACK", at: now)  // [MQTT-3.2.0-1]
    }
  }

  private mutating func receiveNext(_ packet: Packet, at now: Int64) -> [Output] {
    if configuration.properties.requestProblemInformation == false, packet.explainsItself {  // [MQTT-3.1.2-29]
      return violation(.protocolError, "\(packet.type) gives reasons though CONNECT asked for none", at: now)
    }
    switch packet {
    case .puback(let answer): return receive(.puback(answer.reasonCode), in: answer, at: now)
    case .pubrec(let answer): return receive(.pubrec(answer.reasonCode), in: answer, at: now)
    case .pubcomp(let answer): return receive(.pubcomp(answer.reasonCode), in: answer, at: now)
    case .pubrel(let release): return receive(release, at: now)
    case .suback(let suback): return receive(suback, at: now)
    case .unsuback(let unsuback): return receive(unsuback, at: now)
    case .auth(let auth): return receive(auth, at: now)
    case .pingresp: return link.keepAlive.answered(at: now).map { [.post(.pong(roundTrip: $0))] } ?? []
    case .disconnect(let last) where version == .v5:
      return closeInSilence(.dismissed(last.reasonCode, last.properties), at: now)
    case .connack: return violation(.protocolError, "CONNACK came twice", at: now)  // [MQTT-3.2.0-2]
    case .connect, .subscribe, .unsubscribe, .pingreq, .disconnect:
      return violation(.protocolError, "\(packet.type) came, which only a client sends", at: now)
    case .publish: return []
    }
  }

  /// PUBREL came: always answered, known or not [MQTT-4.3.3-11].
  private mutating func receive(_ release: Acknowledgement, at now: Int64) -> [Output] {
    _ = link.inbound.release(release.packetID)
    untaken.release(release.packetID)
    let code = inbound.release(release.packetID)
    let entry = code == .success ? record(.handedOver(release.packetID)) : []
    return entry + [send(.pubcomp(Acknowledgement(release.packetID, version == .v5 ? code : .success)), at: now)]
  }

  /// Messages came: `views` from `first` on, places in `bytes`.
  ///
  /// What must not be delivered is removed from `views`. A run of QoS 1 becomes one output, and QoS 0 none, so a flood
  /// costs a look at each message and no memory.
  mutating func receive(
    _ views: inout [PublishView], from first: Int, in bytes: inout ByteBuffer, at now: Int64
  ) -> [Output] {
    guard phase == .connected else {
      views.removeSubrange(first...)
      return isListening ? violation(.protocolError, "PUBLISH came before CONNACK", at: now) : []
    }
    var outputs: [Output] = []
    var acknowledgements: [UInt16] = []
    var kept = first
    for index in first..<views.count {
      let view = views[index]
      if view.topicAlias != 0, !link.inboundAliases.resolve(&views[index], in: &bytes) {
        views.removeSubrange(kept...)
        outputs += takeAcknowledgements(&acknowledgements, at: now)
        return outputs + violation(.protocolError, "PUBLISH has a topic alias that stands for no topic", at: now)
      }
      switch view.qos {
      case .atMostOnce: break
      case .atLeastOnce: if let id = deliver(atLeastOnce: view.packetID) { acknowledgements.append(id) }
      case .exactlyOnce:
        outputs += takeAcknowledgements(&acknowledgements, at: now)
        let isNew = inbound.receive(view.packetID)
        _ = link.inbound.receive(view.packetID)
        if link.inbound.count > receiveMaximum {  // [MQTT-3.3.4-9]
          if isNew { inbound.refuse(view.packetID) }  // nobody had it: it is new when it comes again
          views.removeSubrange(kept...)
          return outputs + violation(.receiveMaximumExceeded, "more deliveries than Receive Maximum", at: now)
        }
        outputs += deliver(exactlyOnce: view.packetID, isNew: isNew, at: now)
        guard isNew else { continue }
      }
      if kept != index { views[kept] = views[index] }
      kept += 1
    }
    views.removeSubrange(kept...)
    return outputs + takeAcknowledgements(&acknowledgements, at: now)
  }

  /// How many deliveries of QoS 2 we said we take at once; QoS 1 is acknowledged as it comes.
  private var receiveMaximum: Int {
    version == .v5 ? Int(configuration.properties.receiveMaximum ?? .max) : .max
  }

  /// PUBACK for each of these.
  mutating func takeAcknowledgements(_ ids: inout [UInt16], at now: Int64) -> [Output] {
    guard !ids.isEmpty else { return [] }
    defer { ids = [] }
    link.keepAlive.sent(at: now)
    return [.acknowledge(ids)]
  }
}

extension Packet {
  /// Whether it carries what a client may ask not to be sent, where that holds.
  fileprivate var explainsItself: Bool {
    let properties: Properties
    switch self {
    case .puback(let step), .pubrec(let step), .pubrel(let step), .pubcomp(let step): properties = step.properties
    case .suback(let suback): properties = suback.properties
    case .unsuback(let unsuback): properties = unsuback.properties
    case .auth(let auth): properties = auth.properties
    default: return false
    }
    return properties.reasonString != nil || !properties.userProperties.isEmpty
  }
}
