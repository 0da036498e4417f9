import MQTT
import NIOCore

@testable import MQTTBroker

extension Script {
  /// Any client does anything that a client may do, at any moment.
  mutating func step(_ random: inout SplitMix) {
    let place = Int.random(in: 0..<5, using: &random)
    if state.connections[place].phase != .connected, Bool.random(using: &random) { return connect(place, &random) }
    let id = UInt16.random(in: 1...4, using: &random)
    let qos = QoS.allCases.randomElement(using: &random) ?? .atMostOnce
    let topic = ["a", "a/b", "a/b/c", "$x/y", "/"].randomElement(using: &random) ?? "a"
    let filter =
      ["#", "a/+", "a/#", "$share/s/a/#", "$share/t/a", "a/b", "+", "$x/#"].randomElement(using: &random) ?? "#"
    let codes: [ReasonCode] = [.success, .success, .unspecifiedError]
    let code = codes.randomElement(using: &random) ?? .success
    switch Int.random(in: 0...17, using: &random) {
    case 0: connect(place, &random)
    case 1: _ = lose(place)
    case 2, 3, 4, 5:
      let properties: Properties = Bool.random(using: &random) ? [.messageExpiryInterval(UInt32(id))] : []
      _ = publish(
        topic, String(repeating: "x", count: Int(id) * 30), qos: qos, retain: id == 4, id: id, properties, from: place)
    case 6, 7: _ = subscribe(filter, qos, asPublished: id == 1, id: id, from: place)
    case 8: _ = say(.unsubscribe(Unsubscribe(packetID: id, filters: [filter])), from: place)
    case 9, 10: answer(place, code, &random)
    case 11:
      let step = Acknowledgement(id, code)
      _ = say(Bool.random(using: &random) ? .puback(step) : .pubrec(step), from: place)
    case 12, 16:
      let session = state.connections[place].session
      let known = session >= 0 ? state.sessions[session].unreleased.keys.min() : nil
      _ = say(.pubrel(Acknowledgement(known ?? id)), from: place)
    case 13: _ = say(.pubcomp(Acknowledgement(id)), from: place)
    case 14: _ = wait(Double.random(in: 0...3, using: &random))
    case 15: _ = say(id == 1 ? .disconnect(Disconnect()) : .pingreq, from: place)
    default: _ = sent(place)
    }
  }

  /// A client goes on with a delivery that is under way to it, if there is one.
  private mutating func answer(_ place: Int, _ code: ReasonCode, _ random: inout SplitMix) {
    let session = state.connections[place].session
    guard session >= 0, let id = state.sessions[session].inFlight.keys.sorted().randomElement(using: &random) else {
      return
    }
    let step = Acknowledgement(id, code)
    switch state.sessions[session].inFlight[id]?.delivery {
    case .awaitingPuback: _ = say(.puback(step), from: place)
    case .awaitingPubrec: _ = say(.pubrec(step), from: place)
    case .awaitingPubcomp: _ = say(.pubcomp(Acknowledgement(id)), from: place)
    case nil: break
    }
  }

  private mutating func connect(_ place: Int, _ random: inout SplitMix) {
    let version = ProtocolVersion.allCases.randomElement(using: &random) ?? .v5
    let name = "c\(Int.random(in: 0..<6, using: &random))"
    let expiry: UInt32 = [0, 2, 10].randomElement(using: &random) ?? 0
    let properties: Properties =
      version == .v5
      ? [.sessionExpiryInterval(expiry), .receiveMaximum(2), .topicAliasMaximum(2), .maximumPacketSize(100)] : []
    let will = Will(topic: "a/will", payload: ByteBuffer(), qos: .atLeastOnce, isRetained: Bool.random(using: &random))
    _ = lose(place)
    _ = connect(
      place, name, version, clean: Bool.random(using: &random), keepAlive: 5,
      will: Bool.random(using: &random) ? will : nil,
      properties)
  }
}
