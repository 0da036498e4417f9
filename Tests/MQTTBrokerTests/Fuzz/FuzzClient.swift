import MQTT
import NIOCore

/// What a client has of its session at a broker, as far as it can know.
struct FuzzSession {
  /// What it was granted for each filter at most, since the session began.
  var granted: [String: QoS] = [:]
  /// Subscription identifiers that it has used.
  var identifiers: Set<UInt32> = []
  /// Deliveries that are not at their end, whichever connection they came by.
  var unfinished: [UInt16: OutboundDelivery] = [:]
  /// Those of them that may have been too large for a connection since, and so at their end for the broker alone
  /// [MQTT-3.1.2-25].
  var doubtful: Set<UInt16> = []
  /// Whether a connection was accepted of which the client did not hear, as CONNACK was too large for it: what the broker
  /// has sent behind that, the client does not know.
  var isBlurred = false

  /// A connection was accepted, whose client takes packets of this size.
  mutating func accepted(isPresent: Bool, _ maximumPacketSize: Int) {
    if !isPresent { self = FuzzSession() }
    if maximumPacketSize < .max { doubtful.formUnion(unfinished.keys) }
  }
}

/// One connection of a client that watches the broker: whatever comes has to be allowed at that moment.
struct FuzzClient {
  enum Phase { case gone, opened, connected, closed }

  var phase = Phase.gone
  var version = ProtocolVersion.v5
  var connect: Connect?
  var clientID = ""
  /// Deliveries of this connection, or gone on with in it, that are not at their end.
  var underway: Set<UInt16> = []
  var aliases: [UInt16: String] = [:]
  /// What it waits for.
  var subscribes: [Subscribe] = []
  var unsubscribes: [Unsubscribe] = []
  var pings = 0
  var answers: [PacketType: [UInt16]] = [:]
  var releases: Set<UInt16> = []
  /// How many messages came.
  var received = 0

  var receiveMaximum: Int { connect?.properties.receiveMaximum.map(Int.init) ?? 65_535 }
  var maximumPacketSize: Int { connect?.properties.maximumPacketSize.map(Int.init) ?? .max }
  var aliasMaximum: UInt16 { connect?.properties.topicAliasMaximum ?? 0 }

  /// Notes what it said, in a packet that the broker has read.
  mutating func said(_ packet: Packet, _ session: inout FuzzSession) {
    switch packet {
    case .connect(let connect):
      if self.connect == nil { self.connect = connect }
    case .subscribe(let request): subscribes.append(request)
    case .unsubscribe(let request): unsubscribes.append(request)
    case .pingreq: pings += 1
    case .puback(let step): answered(.puback(step.reasonCode), step.packetID, &session)
    case .pubrec(let step):
      if !step.reasonCode.isError { releases.insert(step.packetID) }
      answered(.pubrec(step.reasonCode), step.packetID, &session)
    case .pubcomp(let step): answered(.pubcomp(step.reasonCode), step.packetID, &session)
    case .pubrel(let step): answers[.pubcomp, default: []].append(step.packetID)
    case .connack, .publish, .suback, .unsuback, .pingresp, .disconnect, .auth: break
    }
  }

  /// Notes a message that it sent.
  mutating func said(_ view: PublishView) {
    switch view.qos {
    case .atMostOnce: break
    case .atLeastOnce: answers[.puback, default: []].append(view.packetID)
    case .exactlyOnce: answers[.pubrec, default: []].append(view.packetID)
    }
  }

  private mutating func answered(_ answer: OutboundDelivery.Answer, _ id: UInt16, _ session: inout FuzzSession) {
    guard case .finished? = session.unfinished[id]?.receive(answer) else { return }
    session.unfinished[id] = nil
    underway.remove(id)
  }
}
